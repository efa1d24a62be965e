package dev.foyer.app;

import dev.foyer.media.VertxMediaPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Watches the event loops of a running server, on a thread of its own, until it is closed. */
final class Vitals implements AutoCloseable {
    private final LoopWatch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("foyer-vitals").factory());

    private Vitals(List<Executor> signalingLoops, VertxMediaPlane mediaPlane, LongConsumer lag) {
        watch = new LoopWatch(
                () -> {
                    List<Executor> all = new ArrayList<>(signalingLoops);
                    all.addAll(mediaPlane.loops());
                    return all;
                },
                System::nanoTime,
                lag);
    }

    /**
     * Starts watching.
     *
     * @param lag told, on a loop, by how many nanoseconds it was late
     * @param sample run with each round, on the thread that watches
     */
    static Vitals watch(List<Executor> signalingLoops, VertxMediaPlane mediaPlane, LongConsumer lag, Runnable sample) {
        Vitals vitals = new Vitals(signalingLoops, mediaPlane, lag);
        long millis = LoopWatch.INTERVAL.toMillis();
        ScheduledFuture<?> _ = vitals.thread.scheduleAtFixedRate(
                () -> {
                    vitals.watch.round();
                    sample.run();
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
        return vitals;
    }

    /** Whether every loop does something. */
    boolean live() {
        return watch.responsive();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
