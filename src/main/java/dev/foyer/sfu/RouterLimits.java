package dev.foyer.sfu;

/**
 * What one router may hold.
 *
 * @param transports transports at a time
 * @param producers producers at a time
 * @param consumers consumers at a time
 */
public record RouterLimits(int transports, int producers, int consumers) {
    /** Enough for a room of some hundred participants. */
    public static final RouterLimits DEFAULT = new RouterLimits(20_000, 2_000, 50_000);

    public RouterLimits {
        if (transports < 1 || producers < 1 || consumers < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
