package dev.foyer.protocol.dtls;

/** Why a handshake came to nothing. */
public enum DtlsFailure {
    /** The peer's certificate has none of the signaled fingerprints. */
    FINGERPRINT_MISMATCH,
    /** The peer sent no certificate. */
    NO_CERTIFICATE,
    /** No SRTP profile in common, or the peer did not ask for SRTP. */
    NO_SRTP_PROFILE,
    /** The handshake took longer than {@link DtlsSession#HANDSHAKE_TIMEOUT_MILLIS}. */
    TIMEOUT,
    /** The peer sent a fatal alert. */
    ALERT_RECEIVED,
    /** Anything else that contradicts the protocol. */
    PROTOCOL_ERROR
}
