package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;

/**
 * Decides when a key frame is asked for (PLI) on one received stream: at most every 300 ms unless forced, and again
 * every second while none has come, for {@value #MAXIMUM_TRIES} times.
 *
 * <p>The spacing is what a libwebrtc sender keeps between key frames anyway: asking less often only makes the second of
 * two viewers who come shortly one after the other wait.
 *
 * <p>{@link #want} or {@link #wantNow} makes a request due; the owner calls {@link #take} at {@link #nextDueNanos} and
 * sends a PLI when it says true.
 */
@HotPath
public final class KeyFrameRequester {
    /** Shortest time between two requests that are not forced. */
    public static final long SPACING_NANOS = 300_000_000;

    /** Time after which a request that no key frame answered is repeated. */
    public static final long REPEAT_NANOS = 1_000_000_000;

    private static final int MAXIMUM_TRIES = 30;
    private static final long NEVER = Long.MAX_VALUE;

    private boolean wanted;
    private long dueNanos;
    private long notBeforeNanos = Long.MIN_VALUE;
    private int tries;
    private long requests;

    /** A requester that wants nothing. */
    public KeyFrameRequester() {}

    /** Wants a key frame: due now, or {@link #SPACING_NANOS} after the last request. */
    public void want(long nowNanos) {
        if (!wanted) {
            wanted = true;
            tries = 0;
            dueNanos = Math.max(nowNanos, notBeforeNanos);
        }
    }

    /** Wants a key frame at once, however short ago another was asked for. */
    public void wantNow() {
        wanted = true;
        tries = 0;
        dueNanos = Long.MIN_VALUE;
    }

    /** True when it is time to ask, which counts as done. */
    public boolean take(long nowNanos) {
        if (nowNanos < nextDueNanos()) {
            return false;
        }
        notBeforeNanos = nowNanos + SPACING_NANOS;
        dueNanos = nowNanos + REPEAT_NANOS;
        requests++;
        tries++;
        if (tries >= MAXIMUM_TRIES) {
            // The sender does not answer; the next one that wants a key frame begins anew.
            wanted = false;
        }
        return true;
    }

    /** A key frame has come, or none is wanted any more. */
    public void satisfied() {
        wanted = false;
    }

    /** Whether a key frame is waited for. */
    public boolean isWaiting() {
        return wanted;
    }

    /** When to call {@link #take}; {@link Long#MAX_VALUE} for not at all. */
    public long nextDueNanos() {
        return wanted ? dueNanos : NEVER;
    }

    /** How many requests were taken so far. */
    public long requests() {
        return requests;
    }
}
