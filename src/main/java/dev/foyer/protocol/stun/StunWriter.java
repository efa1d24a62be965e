package dev.foyer.protocol.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ice4j.attribute.FingerprintAttribute;
import org.ice4j.attribute.MessageIntegrityAttribute;

/**
 * Writes replies to binding requests into an array of its own, which {@link #buffer} lends until the next reply. Each
 * is sealed with MESSAGE-INTEGRITY and FINGERPRINT. Used on one thread.
 */
public final class StunWriter {
    private static final int COOKIE = 0x2112A442;
    private static final int FAMILY_IPV4 = 1;
    private static final int FAMILY_IPV6 = 2;

    private final byte[] message = new byte[256];
    private int length;

    /** The reply's bytes, from 0; borrowed. */
    public byte[] buffer() {
        return message;
    }

    /**
     * A success response that tells the peer its address (RFC 8489 section 14.2).
     *
     * @param remote resolved
     * @return length of the reply
     */
    public int success(StunReader request, InetSocketAddress remote, byte[] key) {
        begin(StunReader.BINDING_SUCCESS, request);
        byte[] address = remote.getAddress().getAddress();
        header(StunReader.XOR_MAPPED_ADDRESS, 4 + address.length);
        message[length++] = 0;
        message[length++] = (byte) (address.length == 4 ? FAMILY_IPV4 : FAMILY_IPV6);
        uint16(remote.getPort() ^ (COOKIE >>> 16));
        // The mask is the cookie and, for IPv6, the transaction ID behind it in the header.
        for (int i = 0; i < address.length; i++) {
            message[length++] = (byte) (address[i] ^ message[4 + i]);
        }
        return seal(key);
    }

    /**
     * An error response (RFC 8489 section 14.8). With code 420 it lists the request's unknown attributes.
     *
     * @param code 300 to 699
     * @param reason ASCII, at most 32 characters
     * @return length of the reply
     */
    public int error(StunReader request, int code, String reason, byte[] key) {
        begin(StunReader.BINDING_ERROR, request);
        byte[] phrase = reason.getBytes(StandardCharsets.US_ASCII);
        header(StunReader.ERROR_CODE, 4 + phrase.length);
        uint16(0);
        message[length++] = (byte) (code / 100);
        message[length++] = (byte) (code % 100);
        System.arraycopy(phrase, 0, message, length, phrase.length);
        length += phrase.length;
        pad();
        if (code == 420) {
            header(StunReader.UNKNOWN_ATTRIBUTES, 2 * request.unknownCount());
            for (int i = 0; i < request.unknownCount(); i++) {
                uint16(request.unknown(i));
            }
            pad();
        }
        return seal(key);
    }

    private void begin(int type, StunReader request) {
        length = 0;
        uint16(type);
        uint16(0);
        uint16(COOKIE >>> 16);
        uint16(COOKIE);
        request.copyTransaction(message, length);
        length += StunReader.TRANSACTION_LENGTH;
    }

    private int seal(byte[] key) {
        lengthField(length + 4 + StunReader.INTEGRITY_LENGTH);
        byte[] hmac = MessageIntegrityAttribute.calculateHmacSha1(message, 0, length, key);
        header(StunReader.MESSAGE_INTEGRITY, StunReader.INTEGRITY_LENGTH);
        System.arraycopy(hmac, 0, message, length, hmac.length);
        length += hmac.length;

        lengthField(length + 4 + StunReader.FINGERPRINT_LENGTH);
        byte[] checksum = FingerprintAttribute.calculateXorCRC32(message, 0, length);
        header(StunReader.FINGERPRINT, StunReader.FINGERPRINT_LENGTH);
        System.arraycopy(checksum, 0, message, length, checksum.length);
        length += checksum.length;
        return length;
    }

    private void header(int type, int size) {
        uint16(type);
        uint16(size);
    }

    private void lengthField(int total) {
        int size = total - StunReader.HEADER_LENGTH;
        message[2] = (byte) (size >>> 8);
        message[3] = (byte) size;
    }

    private void pad() {
        int padded = (length + 3) & ~3;
        Arrays.fill(message, length, padded, (byte) 0);
        length = padded;
    }

    private void uint16(int value) {
        message[length++] = (byte) (value >>> 8);
        message[length++] = (byte) value;
    }
}
