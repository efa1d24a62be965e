package dev.foyer.room;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The hysteresis of a return to the mesh: quiet for long enough, long enough after any change, and not too often an hour.
 */
final class ReturnTiming {
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final TopologySettings settings;
    private final Deque<Long> returnsNanos = new ArrayDeque<>();
    private boolean changedOnce;
    private long changedAtNanos;
    private boolean quiet;
    private long quietSinceNanos;

    ReturnTiming(TopologySettings settings) {
        this.settings = settings;
    }

    /** The topology changed in whatever way; quiet begins anew. */
    void changed(long nowNanos) {
        changedOnce = true;
        changedAtNanos = nowNanos;
        quiet = false;
    }

    /** The change was a return. */
    void returned(long nowNanos) {
        returnsNanos.addLast(nowNanos);
    }

    /** Whether anything speaks against a mesh now. */
    void watch(boolean nothingSpeaksAgainst, long nowNanos) {
        if (nothingSpeaksAgainst && !quiet) {
            quietSinceNanos = nowNanos;
        }
        quiet = nothingSpeaksAgainst;
    }

    /** How long until a return is allowed if all stays as it is, 0 for now, {@code NEVER} if it is not. */
    long delayNanos(long nowNanos) {
        if (!quiet || settings.returnsPerHour() == 0) {
            return TopologyPolicy.NEVER;
        }
        long delay = remaining(settings.quietFor().toNanos(), quietSinceNanos, nowNanos);
        if (changedOnce) {
            delay = Math.max(delay, remaining(settings.changeInterval().toNanos(), changedAtNanos, nowNanos));
        }
        while (!returnsNanos.isEmpty() && nowNanos - returnsNanos.getFirst() >= HOUR_NANOS) {
            returnsNanos.removeFirst();
        }
        if (returnsNanos.size() >= settings.returnsPerHour()) {
            delay = Math.max(delay, remaining(HOUR_NANOS, returnsNanos.getFirst(), nowNanos));
        }
        return delay;
    }

    private static long remaining(long spanNanos, long sinceNanos, long nowNanos) {
        return Math.max(0, spanNanos - (nowNanos - sinceNanos));
    }
}
