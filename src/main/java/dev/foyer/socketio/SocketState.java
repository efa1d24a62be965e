package dev.foyer.socketio;

/** Where a {@link Socket} is in its life. */
public enum SocketState {
    /** A transport carries its packets. */
    CONNECTED,
    /** The transport is lost and the recovery window is open: events are kept for the client's return. */
    SUSPENDED,
    /** Gone for good. */
    DISCONNECTED
}
