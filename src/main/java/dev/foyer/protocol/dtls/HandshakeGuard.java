package dev.foyer.protocol.dtls;

/**
 * Keeps handshake messages that announce a monstrous length away from BouncyCastle, which makes room for a whole message,
 * up to 16 MiB, when the first fragment of it arrives (RFC 6347 section 4.2.2), and for sixteen of them at a time: a few
 * datagrams of a peer would take hundreds of megabytes.
 *
 * <p>Only what is not encrypted can be looked into, which is all that comes before the peer has agreed on keys.
 *
 * <pre>
 * record:   | type(8) | version(16) | epoch(16) | sequence(48) | length(16) |
 * fragment: | message type(8) | length(24) | sequence(16) | offset(24) | fragment length(24) |
 * </pre>
 */
final class HandshakeGuard {
    /** Ten times what a certificate chain with RSA keys needs. */
    static final int LONGEST_MESSAGE = 32 * 1024;

    private static final int HANDSHAKE = 22;
    private static final int RECORD_HEADER_LENGTH = 13;
    private static final int FRAGMENT_HEADER_LENGTH = 12;

    private HandshakeGuard() {}

    /** Whether no handshake message in the datagram's plain records claims to be longer than the longest. */
    static boolean passes(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at + RECORD_HEADER_LENGTH <= end) {
            boolean plain = (buffer[at + 3] | buffer[at + 4]) == 0;
            int body = at + RECORD_HEADER_LENGTH;
            int next = body + ((buffer[at + 11] & 0xFF) << 8 | (buffer[at + 12] & 0xFF));
            if (plain && buffer[at] == HANDSHAKE && !fragmentsPass(buffer, body, Math.min(next, end))) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private static boolean fragmentsPass(byte[] buffer, int from, int end) {
        int at = from;
        while (at + FRAGMENT_HEADER_LENGTH <= end) {
            if (uint24(buffer, at + 1) > LONGEST_MESSAGE) {
                return false;
            }
            at += FRAGMENT_HEADER_LENGTH + uint24(buffer, at + 9);
        }
        return true;
    }

    private static int uint24(byte[] buffer, int at) {
        return (buffer[at] & 0xFF) << 16 | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF);
    }
}
