package dev.foyer.protocol.dtls;

import org.bouncycastle.tls.CipherSuite;

/**
 * Keeps encrypted records that are too short for their cipher away from BouncyCastle, which takes such a record for a
 * fatal error of the connection instead of discarding it (RFC 6347 section 4.1.2.7): anybody who can send from the
 * peer's address could end the session with one datagram.
 */
final class CiphertextGuard {
    /** Explicit nonce and tag of AES-GCM (RFC 5288). */
    static final int SHORTEST_GCM = 8 + 16;

    /** The tag of ChaCha20-Poly1305 (RFC 7905). */
    static final int SHORTEST_CHACHA20 = 16;

    private static final int RECORD_HEADER_LENGTH = 13;

    private CiphertextGuard() {}

    /** The shortest ciphertext of a suite that {@link SrtpTlsServer} or {@link SrtpTlsClient} agrees to. */
    static int shortest(int cipherSuite) {
        return switch (cipherSuite) {
            case CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 -> SHORTEST_CHACHA20;
            default -> SHORTEST_GCM;
        };
    }

    /** Whether no record of the datagram claims an epoch with encryption and a length below the shortest. */
    static boolean passes(byte[] buffer, int offset, int length, int shortest) {
        int end = offset + length;
        int at = offset;
        while (at + RECORD_HEADER_LENGTH <= end) {
            boolean encrypted = (buffer[at + 3] | buffer[at + 4]) != 0;
            int size = ((buffer[at + 11] & 0xFF) << 8) | (buffer[at + 12] & 0xFF);
            if (encrypted && size < shortest) {
                return false;
            }
            at += RECORD_HEADER_LENGTH + size;
        }
        return true;
    }
}
