package dev.foyer.protocol.ice;

/** Where an agent stands, in mediasoup's words. */
public enum IceState {
    /** No authentic check yet. */
    NEW,
    /** Checks arrive, none has nominated a path; media may flow on the first one. */
    CONNECTED,
    /** The peer has nominated the selected path. */
    COMPLETED,
    /** No check for 30 seconds; the next one connects again. */
    DISCONNECTED
}
