package dev.foyer.socketio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks one at a time, in the order they came, on a {@link Loop} that may change. What a connection or a socket owns
 * is touched only in its tasks, so it needs no locks, also while it moves from one event loop to another.
 */
final class SerialExecutor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean active = new AtomicBoolean();
    private volatile Loop loop;

    SerialExecutor(Loop loop) {
        this.loop = loop;
    }

    Loop loop() {
        return loop;
    }

    /** Runs a task, before this returns if the caller is on the loop and nothing else is running. */
    void run(Runnable task) {
        tasks.add(task);
        if (active.compareAndSet(false, true)) {
            Loop here = loop;
            if (here.inThread()) {
                here.dispatch(this::drain);
            } else {
                here.execute(this::drain);
            }
        }
    }

    /** Runs a task after this has returned, so that it never runs inside of the caller. */
    void post(Runnable task) {
        tasks.add(task);
        if (active.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /** Lives on another loop from the end of the current task on. Only within a task. */
    void moveTo(Loop other) {
        loop = other;
    }

    /** Runs a task here after a delay. */
    Loop.Timer schedule(long delayMillis, Runnable task) {
        return loop.schedule(delayMillis, () -> run(task));
    }

    private void drain() {
        Loop here = loop;
        do {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                try {
                    task.run();
                } catch (RuntimeException | Error failure) {
                    here.report(failure);
                }
                if (!loop.equals(here)) {
                    loop.execute(this::drain);
                    return;
                }
            }
            active.set(false);
            // A task that came between the last look and the line above found this active and started nothing.
        } while (!tasks.isEmpty() && active.compareAndSet(false, true));
    }
}
