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
        Loop here = loop;
        if (mayRunHere(here)) {
            here.dispatch(() -> {
                if (runOne(here, task)) {
                    drain();
                }
            });
        } else {
            tasks.add(task);
            if (active.compareAndSet(false, true)) {
                loop.execute(this::drain);
            }
        }
    }

    /**
     * As {@link #run}, but what waits by the end of the task runs after this has returned. For tasks that call nobody who
     * must not be called from within the caller.
     */
    void runAlone(Runnable task) {
        Loop here = loop;
        if (!mayRunHere(here)) {
            post(task);
        } else if (runOne(here, task)) {
            active.set(false);
            if (!tasks.isEmpty() && active.compareAndSet(false, true)) {
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

    /** Whether the caller is on the loop and nothing runs or waits; if so, what runs is the caller's. */
    private boolean mayRunHere(Loop here) {
        if (!here.inThread() || !tasks.isEmpty() || !active.compareAndSet(false, true)) {
            return false;
        }
        if (loop.equals(here)) {
            return true;
        }
        // Moved in between: whoever moved it is done by now.
        loop.execute(this::drain);
        return false;
    }

    /** Runs a task; false if the rest is to run on another loop now, and will. */
    private boolean runOne(Loop here, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            here.report(failure);
        }
        if (loop.equals(here)) {
            return true;
        }
        loop.execute(this::drain);
        return false;
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
                if (!runOne(here, task)) {
                    return;
                }
            }
            active.set(false);
            // A task that came between the last look and the line above found this active and started nothing.
        } while (!tasks.isEmpty() && active.compareAndSet(false, true));
    }
}
