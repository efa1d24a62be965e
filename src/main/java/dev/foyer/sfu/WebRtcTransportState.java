package dev.foyer.sfu;

/** Where a {@link WebRtcTransport} stands, as its router's listener is told. */
public enum WebRtcTransportState {
    /** Waits for connectivity checks, remote parameters or the handshake. Never told. */
    NEW,
    /** ICE has a selected tuple and DTLS has keys. */
    CONNECTED,
    /** No connectivity check came for 30 seconds; it may come back. */
    DISCONNECTED,
    /** The DTLS handshake failed, or no certificate had one of the fingerprints. */
    FAILED,
    /** The remote side ended it. */
    CLOSED
}
