package dev.foyer.socketio;

/** Why an Engine.IO session ended. */
enum CloseCause {
    /** The client sent a close packet, or closed or lost its transport. */
    TRANSPORT_LOST,
    /** No pong in time. */
    PING_TIMEOUT,
    /** The client broke the framing or a size limit. */
    PROTOCOL_ERROR,
    /** Too many bytes waited for the client to read them. */
    SLOW_READER,
    /** The server asked for it. */
    FORCED,
    /** The whole server closes. */
    SERVER_CLOSED
}
