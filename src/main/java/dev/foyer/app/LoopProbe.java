package dev.foyer.app;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Measures how long an event loop takes to get to a task. At most one task of its waits in the loop, however long that
 * takes. {@link #ask} and {@link #overdueNanos} belong to the thread that watches.
 */
final class LoopProbe {
    private final Executor loop;
    private final LongSupplier clock;
    private final LongConsumer lag;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private long askedNanos;

    /**
     * @param clock nanoseconds, asked on the loop and on the watching thread
     * @param lag told, on the loop, by how many nanoseconds it was late
     */
    LoopProbe(Executor loop, LongSupplier clock, LongConsumer lag) {
        this.loop = loop;
        this.clock = clock;
        this.lag = lag;
    }

    /** Puts a task into the loop, unless one still waits there. */
    void ask() {
        if (!waiting.compareAndSet(false, true)) {
            return;
        }
        long asked = clock.getAsLong();
        askedNanos = asked;
        try {
            loop.execute(() -> {
                lag.accept(Math.max(0, clock.getAsLong() - asked));
                waiting.set(false);
            });
        } catch (RejectedExecutionException _) {
            // A loop that was shut down is not late.
            waiting.set(false);
        }
    }

    /** How long the loop has owed an answer; 0 when it owes none. */
    long overdueNanos(long nowNanos) {
        return waiting.get() ? Math.max(0, nowNanos - askedNanos) : 0;
    }
}
