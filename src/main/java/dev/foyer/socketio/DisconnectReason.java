package dev.foyer.socketio;

/** Why a {@link Socket} is gone for good. */
public enum DisconnectReason {
    /** The client sent a DISCONNECT packet. */
    CLIENT,
    /** {@link Socket#disconnect} was called. */
    SERVER,
    /** The transport was lost, and either recovery is off or the window ended without a return. */
    TRANSPORT_LOST,
    /** The client broke the framing of Engine.IO or Socket.IO, or a size limit. */
    PROTOCOL_ERROR,
    /** The client sent more events than it may for too long. */
    RATE_EXCEEDED,
    /** A newer socket took over this one's id. */
    REPLACED,
    /** {@link SocketIoServer#close} was called. */
    SERVER_CLOSED
}
