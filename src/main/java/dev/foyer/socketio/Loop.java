package dev.foyer.socketio;

/** The event loop that a connection lives on: a Vert.x context in a server, a queue and a hand-driven clock in a test. */
interface Loop {
    /** Whether the caller is on this loop's thread. */
    boolean inThread();

    /** Runs a task later, on this loop. From any thread. */
    void execute(Runnable task);

    /** Runs a task now. Only on this loop's thread. */
    void dispatch(Runnable task);

    /** Runs a task after a delay, on this loop. From any thread. */
    Timer schedule(long delayMillis, Runnable task);

    /** A clock for measuring spans. */
    long nowNanos();

    /** Tells whoever watches this loop of an exception that a task threw. */
    void report(Throwable failure);

    /** A scheduled task. */
    interface Timer {
        /** Keeps it from running, if it has not yet. From any thread. */
        void cancel();
    }
}
