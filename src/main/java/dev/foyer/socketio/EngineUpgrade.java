package dev.foyer.socketio;

import org.jspecify.annotations.Nullable;

/** A WebSocket that wants to take over from polling, and how far it is. Used in its session's tasks. */
final class EngineUpgrade {
    private final EngineTransport candidate;
    private final Loop loop;
    private Loop.@Nullable Timer timeout;
    private Loop.@Nullable Timer noop;
    private boolean probed;

    EngineUpgrade(EngineTransport candidate, Loop loop) {
        this.candidate = candidate;
        this.loop = loop;
    }

    EngineTransport candidate() {
        return candidate;
    }

    /** Where the WebSocket lives. */
    Loop loop() {
        return loop;
    }

    /** Whether the client's probe was answered, so that it may have stopped polling. */
    boolean probed() {
        return probed;
    }

    void markProbed() {
        probed = true;
    }

    void timeout(Loop.Timer timer) {
        timeout = timer;
    }

    /** Whether a noop is on its way to end a poll. */
    boolean noopScheduled() {
        return noop != null;
    }

    void noop(Loop.@Nullable Timer timer) {
        noop = timer;
    }

    void cancelNoop() {
        if (noop != null) {
            noop.cancel();
            noop = null;
        }
    }

    void cancelTimers() {
        cancelNoop();
        if (timeout != null) {
            timeout.cancel();
        }
    }
}
