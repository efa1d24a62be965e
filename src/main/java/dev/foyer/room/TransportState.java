package dev.foyer.room;

/** Where a client's transport stands. */
public enum TransportState {
    /** ICE has a selected pair and DTLS has keys. */
    CONNECTED,
    /** No connectivity check came for a while; it may come back. */
    DISCONNECTED,
    /** The DTLS handshake failed, or its remote fingerprint did not match. */
    FAILED,
    /** The remote side ended it. */
    CLOSED
}
