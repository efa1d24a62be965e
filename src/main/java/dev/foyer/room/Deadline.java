package dev.foyer.room;

/** A moment by which something is due, or none. Times may wrap, as those of {@link RoomLoop#nowNanos} do. */
final class Deadline {
    static final long NEVER = Long.MAX_VALUE;

    private boolean set;
    private long atNanos;

    void in(long delayNanos, long nowNanos) {
        set = true;
        atNanos = nowNanos + delayNanos;
    }

    void clear() {
        set = false;
    }

    boolean isSet() {
        return set;
    }

    /** How long from now, 0 when it has passed, {@link #NEVER} when there is none. */
    long delayNanos(long nowNanos) {
        return set ? Math.max(0, atNanos - nowNanos) : NEVER;
    }

    /** Whether it has passed. It is cleared then: each deadline passes once. */
    boolean take(long nowNanos) {
        if (!set || atNanos - nowNanos > 0) {
            return false;
        }
        set = false;
        return true;
    }
}
