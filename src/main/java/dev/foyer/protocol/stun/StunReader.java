package dev.foyer.protocol.stun;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.FingerprintAttribute;
import org.ice4j.attribute.MessageIntegrityAttribute;
import org.ice4j.message.Message;

/**
 * A flyweight over one received STUN message (RFC 8489 section 5). Reused, on one thread; the bytes are borrowed from
 * {@link #wrap} until the next one. Never throws for what the bytes hold.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0 0|     STUN Message Type     |         Message Length        |
 * |                         Magic Cookie                          |
 * |                     Transaction ID (96 bits)                  |
 * </pre>
 */
public final class StunReader {
    public static final int BINDING_REQUEST = Message.BINDING_REQUEST;
    public static final int BINDING_SUCCESS = Message.BINDING_SUCCESS_RESPONSE;
    public static final int BINDING_ERROR = Message.BINDING_ERROR_RESPONSE;
    public static final int BINDING_INDICATION = Message.STUN_METHOD_BINDING | Message.STUN_INDICATION;

    static final int HEADER_LENGTH = 20;
    static final int TRANSACTION_OFFSET = 8;
    static final int TRANSACTION_LENGTH = 12;
    static final int USERNAME = Attribute.USERNAME;
    static final int MESSAGE_INTEGRITY = Attribute.MESSAGE_INTEGRITY;
    static final int ERROR_CODE = Attribute.ERROR_CODE;
    static final int UNKNOWN_ATTRIBUTES = Attribute.UNKNOWN_ATTRIBUTES;
    static final int XOR_MAPPED_ADDRESS = Attribute.XOR_MAPPED_ADDRESS;
    static final int FINGERPRINT = Attribute.FINGERPRINT;
    static final int INTEGRITY_LENGTH = 20;
    static final int FINGERPRINT_LENGTH = 4;

    /** RFC 8489 section 6.1 keeps messages below the path's MTU. */
    private static final int MAX_LENGTH = 1500;

    /** MESSAGE-INTEGRITY-SHA256 (RFC 8489 section 14.6): ICE uses SHA-1, and may be followed by this one. */
    private static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;

    private static final int MAX_UNKNOWN = 8;

    private final int[] unknown = new int[MAX_UNKNOWN];
    private final byte[] covered = new byte[MAX_LENGTH];
    private byte[] buffer = new byte[0];
    private int offset;
    private int length;
    private int username;
    private int usernameLength;
    private int integrity;
    private int fingerprint;
    private int unknownCount;
    private long priority;
    private boolean useCandidate;
    private boolean controlled;
    private boolean controlling;

    /**
     * Looks at a datagram; the accessors are valid if this returns true.
     *
     * @return whether header, length and every attribute are well-formed and fill the datagram
     */
    public boolean wrap(byte[] newBuffer, int newOffset, int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        username = -1;
        usernameLength = 0;
        integrity = -1;
        fingerprint = -1;
        unknownCount = 0;
        priority = -1;
        useCandidate = false;
        controlled = false;
        controlling = false;
        return length <= MAX_LENGTH
                && StunPeek.isStun(buffer, offset, length)
                && uint16(offset + 2) == length - HEADER_LENGTH
                && length % 4 == 0
                && scan();
    }

    /** Class and method, 14 bits. */
    public int type() {
        return uint16(offset);
    }

    /** Whether there is a USERNAME that begins with these bytes and a colon. */
    public boolean usernameStartsWith(byte[] usernameFragment) {
        int colon = usernameFragment.length;
        return usernameLength > colon
                && buffer[username + colon] == ':'
                && Arrays.equals(buffer, username, username + colon, usernameFragment, 0, colon);
    }

    /** The value of PRIORITY, 32 bits unsigned, or -1. */
    public long priority() {
        return priority;
    }

    /** Whether the peer nominates this path (RFC 8445 section 7.1.2). */
    public boolean useCandidate() {
        return useCandidate;
    }

    /** Whether ICE-CONTROLLED is there: the peer takes itself for the controlled agent. */
    public boolean controlled() {
        return controlled;
    }

    /** Whether ICE-CONTROLLING is there. */
    public boolean controlling() {
        return controlling;
    }

    /** How many comprehension-required attributes are unknown, the first {@value #MAX_UNKNOWN} of them counted. */
    public int unknownCount() {
        return unknownCount;
    }

    /** Type of an unknown comprehension-required attribute. */
    int unknown(int index) {
        return unknown[index];
    }

    /** True if there is no FINGERPRINT, or one that fits (RFC 8489 section 14.7). */
    public boolean fingerprintFits() {
        if (fingerprint < 0) {
            return true;
        }
        byte[] expected = FingerprintAttribute.calculateXorCRC32(buffer, offset, fingerprint - offset);
        return Arrays.equals(expected, 0, 4, buffer, fingerprint + 4, fingerprint + 8);
    }

    /**
     * Whether there is a MESSAGE-INTEGRITY that fits the key (RFC 8489 section 14.5): the HMAC is over all that stands
     * before it, with the length in the header as if the message ended behind it. Compared in constant time.
     */
    public boolean integrityFits(byte[] key) {
        if (integrity < 0) {
            return false;
        }
        int before = integrity - offset;
        System.arraycopy(buffer, offset, covered, 0, before);
        int claimed = before - HEADER_LENGTH + 4 + INTEGRITY_LENGTH;
        covered[2] = (byte) (claimed >>> 8);
        covered[3] = (byte) claimed;
        byte[] expected = MessageIntegrityAttribute.calculateHmacSha1(covered, 0, before, key);
        byte[] found = Arrays.copyOfRange(buffer, integrity + 4, integrity + 4 + INTEGRITY_LENGTH);
        return MessageDigest.isEqual(expected, found);
    }

    /** Copies the transaction ID. */
    void copyTransaction(byte[] target, int targetOffset) {
        System.arraycopy(buffer, offset + TRANSACTION_OFFSET, target, targetOffset, TRANSACTION_LENGTH);
    }

    /** Of an attribute that is there twice, the first counts; behind MESSAGE-INTEGRITY only FINGERPRINT does. */
    private boolean scan() {
        int end = offset + length;
        int at = offset + HEADER_LENGTH;
        while (at < end) {
            // Multiples of four throughout: at least a whole attribute header is left.
            int type = uint16(at);
            int size = uint16(at + 2);
            int next = at + 4 + ((size + 3) & ~3);
            if (next > end || fingerprint >= 0) {
                return false;
            }
            if (type == FINGERPRINT) {
                if (size != FINGERPRINT_LENGTH) {
                    return false;
                }
                fingerprint = at;
            } else if (integrity < 0 && !attribute(type, at, size)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private boolean attribute(int type, int at, int size) {
        switch (type) {
            case USERNAME -> {
                if (username < 0) {
                    username = at + 4;
                    usernameLength = size;
                }
            }
            case MESSAGE_INTEGRITY -> {
                integrity = at;
                return size == INTEGRITY_LENGTH;
            }
            case Attribute.PRIORITY -> {
                if (size != 4) {
                    return false;
                }
                if (priority < 0) {
                    priority = ((long) uint16(at + 4) << 16) | uint16(at + 6);
                }
            }
            case Attribute.USE_CANDIDATE -> {
                useCandidate = true;
                return size == 0;
            }
            case Attribute.ICE_CONTROLLED -> {
                controlled = true;
                return size == 8;
            }
            case Attribute.ICE_CONTROLLING -> {
                controlling = true;
                return size == 8;
            }
            case MESSAGE_INTEGRITY_SHA256,
                    Attribute.XOR_MAPPED_ADDRESS,
                    Attribute.MAPPED_ADDRESS,
                    Attribute.ERROR_CODE,
                    Attribute.UNKNOWN_ATTRIBUTES,
                    Attribute.REALM,
                    Attribute.NONCE -> {}
            default -> {
                if (type < 0x8000 && unknownCount < MAX_UNKNOWN) {
                    unknown[unknownCount++] = type;
                }
            }
        }
        return true;
    }

    private int uint16(int at) {
        return ((buffer[at] & 0xFF) << 8) | (buffer[at + 1] & 0xFF);
    }
}
