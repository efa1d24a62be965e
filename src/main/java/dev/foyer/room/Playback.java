package dev.foyer.room;

/**
 * What a cinema shows, and where in it everybody should be.
 *
 * @param url what is played, {@code http} or {@code https}
 * @param position seconds from its beginning
 * @param playing false while it stands still
 * @param rate seconds of it a second while it plays
 * @param at when the position held, milliseconds since 1970 by the server's clock
 */
public record Playback(String url, double position, boolean playing, double rate, long at) {
    /** The latest position, in seconds: far beyond any film, and exact in a double to the millisecond. */
    static final double MAX_POSITION = 1e9;

    /**
     * The same a while later.
     *
     * @param elapsedNanos how much later, 0 or more
     * @param nowMillis what the server's clock says then
     */
    Playback after(long elapsedNanos, long nowMillis) {
        double moved = playing ? position + elapsedNanos / 1e9 * rate : position;
        return new Playback(url, Math.min(moved, MAX_POSITION), playing, rate, nowMillis);
    }

    /** By how many seconds a player is ahead that is at a position when this holds; negative when it lags. */
    double driftOf(double playerPosition) {
        return playerPosition - position;
    }
}
