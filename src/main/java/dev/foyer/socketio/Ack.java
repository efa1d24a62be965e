package dev.foyer.socketio;

import org.jspecify.annotations.Nullable;

/** The client's callback of one event. May be called from any thread; only the first reply is sent. */
@FunctionalInterface
public interface Ack {
    /**
     * Answers the client.
     *
     * <p>A reply is dropped when the transport is lost meanwhile: the client has given up waiting for it by then.
     *
     * @param args JSON values as in {@link Socket}; they are encoded before this returns
     * @throws IllegalArgumentException if a value is not a JSON value
     */
    void reply(@Nullable Object... args);
}
