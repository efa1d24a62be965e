package dev.foyer.room;

import java.util.concurrent.Executor;

/**
 * The event loop that a room lives on, and the only clock it knows.
 *
 * <p>{@link #execute} and {@link #schedule} run tasks one at a time, in the order of their due times, never from within
 * the call. They may be called from any thread.
 */
public interface RoomLoop extends Executor {
    /** Whether the caller is on this loop's thread. */
    default boolean current() {
        return false;
    }

    /** Monotonic time in nanoseconds; only differences mean something. */
    long nowNanos();

    /** Milliseconds since 1970. */
    long nowMillis();

    /**
     * Runs a task once, later.
     *
     * @param delayNanos from now, 0 or more
     * @return cancels the task when run; without effect once the task has begun
     */
    Runnable schedule(long delayNanos, Runnable task);
}
