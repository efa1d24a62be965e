package dev.foyer.socketio;

import dev.foyer.limit.Rate;

/**
 * The rate of one socket's events. Whoever keeps being refused for long enough is flooding. Reads no clock.
 */
final class EventRate {
    /** A pause this long between refusals ends a flood. */
    private static final long FLOOD_PAUSE_NANOS = 1_000_000_000L;

    private final Rate rate;
    private final long floodNanos;
    private int extraBurst;
    private long fullAtNanos;
    private long waitNanos;
    private long floodSince;
    private long refusedAt;
    private boolean flooding;

    EventRate(LimitOptions limits, long nowNanos) {
        rate = limits.events();
        fullAtNanos = nowNanos;
        floodNanos = limits.floodTimeout().toNanos();
    }

    /** Lets bursts be that much larger than the options say; a larger bucket comes filled. */
    void allowance(int extra) {
        extraBurst = Math.max(0, extra);
    }

    /** Counts an event if it may come. */
    boolean take(long nowNanos) {
        fullAtNanos = rate.bounded(fullAtNanos, nowNanos, extraBurst);
        waitNanos = rate.waitNanos(fullAtNanos, nowNanos, extraBurst);
        if (waitNanos == 0) {
            fullAtNanos = rate.taken(fullAtNanos, nowNanos);
            return true;
        }
        if (!flooding || nowNanos - refusedAt > FLOOD_PAUSE_NANOS) {
            flooding = true;
            floodSince = nowNanos;
        }
        refusedAt = nowNanos;
        return false;
    }

    /** Milliseconds from the last refusal until the next event may come, at least 1. */
    long retryAfterMillis() {
        return Math.max(1, Math.ceilDiv(waitNanos, 1_000_000L));
    }

    /** Whether refusals have gone on for the whole flood timeout, as of the last one. */
    boolean flooded() {
        return flooding && refusedAt - floodSince >= floodNanos;
    }
}
