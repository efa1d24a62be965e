package dev.foyer.socketio;

/**
 * A bucket of tokens, one for each event, filled at a steady rate. Whoever keeps finding it empty for long enough is
 * flooding. Reads no clock.
 */
final class EventRate {
    /** A pause this long between refusals ends a flood. */
    private static final long FLOOD_PAUSE_NANOS = 1_000_000_000L;

    private final double perNano;
    private final long floodNanos;
    private final int baseBurst;
    private int burst;
    private double tokens;
    private long filledAt;
    private long floodSince;
    private long refusedAt;
    private boolean flooding;

    EventRate(LimitOptions limits, long nowNanos) {
        perNano = limits.eventsPerSecond() / 1e9;
        baseBurst = limits.eventBurst();
        burst = baseBurst;
        tokens = burst;
        filledAt = nowNanos;
        floodNanos = limits.floodTimeout().toNanos();
    }

    /** Lets bursts be that much larger than the options say; a larger bucket comes filled. */
    void allowance(int extra) {
        int larger = baseBurst + Math.max(0, extra);
        tokens = Math.min(larger, tokens + Math.max(0, larger - burst));
        burst = larger;
    }

    /** Takes a token if there is one. */
    boolean take(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - filledAt) * perNano);
        filledAt = nowNanos;
        if (tokens >= 1) {
            tokens -= 1;
            return true;
        }
        if (!flooding || nowNanos - refusedAt > FLOOD_PAUSE_NANOS) {
            flooding = true;
            floodSince = nowNanos;
        }
        refusedAt = nowNanos;
        return false;
    }

    /** Milliseconds until the next token, at least 1. */
    long retryAfterMillis() {
        return Math.max(1, (long) Math.ceil((1 - tokens) / perNano / 1e6));
    }

    /** Whether refusals have gone on for the whole flood timeout, as of the last one. */
    boolean flooded() {
        return flooding && refusedAt - floodSince >= floodNanos;
    }
}
