package dev.foyer.media;

/** Counts exceptions within a window of time, to tell a stumble from a breakdown. */
final class FaultWindow {
    private static final long LOG_INTERVAL_NANOS = 1_000_000_000L;

    private final int limit;
    private final long windowNanos;
    private int inWindow;
    private long windowStartNanos;
    private long total;
    private boolean logged;
    private long loggedNanos;

    /**
     * @param limit how many within a window are too many
     */
    FaultWindow(int limit, long windowNanos) {
        this.limit = limit;
        this.windowNanos = windowNanos;
    }

    /** Counts one. True when this makes it too many. */
    boolean add(long nowNanos) {
        total++;
        if (inWindow == 0 || nowNanos - windowStartNanos > windowNanos) {
            windowStartNanos = nowNanos;
            inWindow = 0;
        }
        return ++inWindow >= limit;
    }

    /** Whether a line may be logged now: one a second. */
    boolean shouldLog(long nowNanos) {
        if (logged && nowNanos - loggedNanos < LOG_INTERVAL_NANOS) {
            return false;
        }
        logged = true;
        loggedNanos = nowNanos;
        return true;
    }

    long total() {
        return total;
    }
}
