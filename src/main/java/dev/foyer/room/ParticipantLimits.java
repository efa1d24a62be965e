package dev.foyer.room;

/**
 * How much of the media plane one participant may hold at a time.
 *
 * @param transports per direction
 * @param producers in all
 * @param consumers in all
 */
public record ParticipantLimits(int transports, int producers, int consumers) {
    /** Enough for a client that rebuilds its media while the old still stands. */
    public static ParticipantLimits defaults() {
        return new ParticipantLimits(4, 16, 2000);
    }
}
