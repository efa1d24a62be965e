package dev.foyer.room;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** A loop whose time passes when a test says so. Single-threaded. */
public final class ManualLoop implements RoomLoop {
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private long nowNanos;
    private long elapsedNanos;
    private long numbers;
    private int firings;

    /** A loop whose clock begins shortly before it wraps, as {@code System.nanoTime} may. */
    public ManualLoop() {
        this(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20));
    }

    public ManualLoop(long startNanos) {
        this.nowNanos = startNanos;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public long nowMillis() {
        return 1_700_000_000_000L;
    }

    @Override
    public Runnable schedule(long delayNanos, Runnable task) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("negative delay");
        }
        // Due times are kept relative to a fixed origin, so that a clock that wraps keeps its order here.
        Timer timer = new Timer(elapsedNanos + delayNanos, numbers++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Runs what is ready. */
    public void run() {
        int steps = 0;
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
            if (++steps > 1_000_000) {
                throw new AssertionError("the loop never comes to rest");
            }
        }
    }

    /** Lets time pass, timer by timer. */
    public void advance(long millis) {
        run();
        long end = elapsedNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        int fired = 0;
        while (!timers.isEmpty() && timers.peek().due <= end) {
            Timer timer = timers.poll();
            pass(timer.due - elapsedNanos);
            firings++;
            timer.task.run();
            run();
            if (++fired > 1_000_000) {
                throw new AssertionError("timers spin");
            }
        }
        pass(end - elapsedNanos);
    }

    /** How many timers are set. */
    public int timers() {
        return timers.size();
    }

    /** How many timers were due so far. */
    public int firings() {
        return firings;
    }

    private void pass(long nanos) {
        elapsedNanos += nanos;
        nowNanos += nanos;
    }

    private record Timer(long due, long number, Runnable task) {}
}
