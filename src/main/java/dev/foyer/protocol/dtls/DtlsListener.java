package dev.foyer.protocol.dtls;

import dev.foyer.protocol.srtp.SrtpKeys;

/**
 * What happens to a {@link DtlsSession}. Called on the owner's executor, or within the session's methods, and never
 * after {@link DtlsSession#close()}.
 */
public interface DtlsListener {
    /** The handshake is done and the peer is who the fingerprints say. */
    void onConnected(SrtpKeys keys);

    /** The handshake failed; the session is over. */
    void onFailed(DtlsFailure reason);

    /** The peer closed the connected session, or broke it. */
    default void onClosed() {}

    /** A record of application data: an SCTP packet (RFC 8261). Borrowed until return. */
    default void onApplicationData(byte[] buffer, int offset, int length) {}
}
