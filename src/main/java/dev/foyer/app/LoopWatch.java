package dev.foyer.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks every event loop again and again how late it is. A loop that blocks cannot say so itself, so the asking is done
 * by a thread that is none of them, which calls {@link #round} every {@link #INTERVAL}; {@link #responsive} may be asked
 * by any.
 */
final class LoopWatch {
    /** How often the loops are asked. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    /** A loop that answers nothing for so long is taken for dead: clients' pings get no answer either. */
    static final Duration UNRESPONSIVE = Duration.ofSeconds(10);

    private final Supplier<List<Executor>> loops;
    private final LongSupplier clock;
    private final LongConsumer lag;
    private final Map<Executor, LoopProbe> probes = new HashMap<>();
    private volatile long worstOverdueNanos;
    private volatile long roundNanos;

    /**
     * @param loops those that run now
     * @param clock nanoseconds
     * @param lag told by how many nanoseconds a loop was late, on that loop
     */
    LoopWatch(Supplier<List<Executor>> loops, LongSupplier clock, LongConsumer lag) {
        this.loops = loops;
        this.clock = clock;
        this.lag = lag;
        this.roundNanos = clock.getAsLong();
    }

    /** Asks all loops, and notes who has not answered yet. */
    void round() {
        List<Executor> running = loops.get();
        probes.keySet().retainAll(running);
        long nowNanos = clock.getAsLong();
        long worst = 0;
        for (Executor loop : running) {
            LoopProbe probe = probes.computeIfAbsent(loop, added -> new LoopProbe(added, clock, lag));
            worst = Math.max(worst, probe.overdueNanos(nowNanos));
            probe.ask();
        }
        worstOverdueNanos = worst;
        roundNanos = nowNanos;
    }

    /** Whether every loop does something, and the watch itself too. */
    boolean responsive() {
        long sinceRound = Math.max(0, clock.getAsLong() - roundNanos);
        return worstOverdueNanos < UNRESPONSIVE.toNanos() && sinceRound < UNRESPONSIVE.toNanos();
    }
}
