package dev.foyer.socketio;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server's pings and the pongs that they want. One timer serves for the next ping or for the answer that is due. Used
 * in its session's tasks.
 */
final class Heartbeat {
    private final SerialExecutor executor;
    private final HeartbeatOptions times;
    private final Runnable ping;
    private final Runnable timeout;
    private Loop.@Nullable Timer timer;
    private long dueNanos;
    private boolean awaitingPong;

    /**
     * Makes a heartbeat that does not beat yet.
     *
     * @param ping run when a ping is to be sent
     * @param timeout run when its pong did not come
     */
    Heartbeat(SerialExecutor executor, HeartbeatOptions times, Runnable ping, Runnable timeout) {
        this.executor = executor;
        this.times = times;
        this.ping = ping;
        this.timeout = timeout;
    }

    /** Begins to beat. */
    void start() {
        dueNanos = executor.loop().nowNanos();
        schedule(times.pingInterval().toNanos());
    }

    /** A pong has come. False when none was asked for: such a one keeps nothing alive. */
    boolean pong() {
        if (!awaitingPong) {
            return false;
        }
        awaitingPong = false;
        stop();
        start();
        return true;
    }

    /** Beats no more. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void schedule(long nanos) {
        // Measured from when the last one was due, so that a late timer does not delay the next.
        dueNanos += nanos;
        long delay = TimeUnit.NANOSECONDS.toMillis(dueNanos - executor.loop().nowNanos());
        timer = executor.schedule(Math.max(1, delay), this::beat);
    }

    private void beat() {
        if (timer == null) {
            return;
        }
        if (awaitingPong) {
            timer = null;
            timeout.run();
            return;
        }
        awaitingPong = true;
        schedule(times.pingTimeout().toNanos());
        ping.run();
    }
}
