package dev.foyer.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A loop whose tasks and clock a test drives by hand. */
final class ManualLoop implements Loop {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Scheduled> timers = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    boolean inThread = true;
    private long nowNanos = 1_000_000_000L;

    private record Scheduled(long dueNanos, Runnable task) {}

    @Override
    public boolean inThread() {
        return inThread;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void dispatch(Runnable task) {
        task.run();
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        Scheduled scheduled = new Scheduled(nowNanos + TimeUnit.MILLISECONDS.toNanos(delayMillis), task);
        timers.add(scheduled);
        return () -> timers.remove(scheduled);
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void report(Throwable failure) {
        failures.add(failure);
    }

    /** Runs what was executed, and what that executes. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass, with every timer at its time. */
    void advance(long millis) {
        long end = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        runTasks();
        while (true) {
            Scheduled next = timers.stream()
                    .min(Comparator.comparingLong(Scheduled::dueNanos))
                    .orElse(null);
            if (next == null || next.dueNanos > end) {
                break;
            }
            timers.remove(next);
            nowNanos = next.dueNanos;
            next.task.run();
            runTasks();
        }
        nowNanos = end;
    }

    /** How many timers wait. */
    int timers() {
        return timers.size();
    }
}
