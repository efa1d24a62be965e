package dev.foyer.socketio;

import org.jspecify.annotations.Nullable;

/** What a {@link ConnectMiddleware} decides about a client. */
public sealed interface ConnectDecision {
    /**
     * The client enters.
     *
     * @param attachment initial {@link Socket#attachment}
     * @param socketId the id to give the socket, to restore one that another node issued; null for a new random one. A
     *     live socket of that id in the namespace is disconnected as {@link DisconnectReason#REPLACED}.
     */
    record Accept(@Nullable Object attachment, @Nullable String socketId) implements ConnectDecision {}

    /**
     * The client gets a CONNECT_ERROR packet.
     *
     * @param message shown to the client as the error's message
     * @param details JSON value that the client sees as the error's {@code data}; left out when null
     */
    record Reject(String message, @Nullable Object details) implements ConnectDecision {}

    /** Lets the client in with a new socket id. */
    static ConnectDecision accept(@Nullable Object attachment) {
        return new Accept(attachment, null);
    }

    /** Keeps the client out with a message alone. */
    static ConnectDecision reject(String message) {
        return new Reject(message, null);
    }
}
