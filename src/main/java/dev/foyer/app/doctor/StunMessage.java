package dev.foyer.app.doctor;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message as a client of STUN and TURN needs it (RFC 8489 section 5, RFC 8656): built attribute by attribute, or
 * read. What the media path uses, in {@code protocol.stun}, knows connectivity checks only.
 */
final class StunMessage {
    static final int BINDING = 0x0001;
    static final int ALLOCATE = 0x0003;
    static final int REFRESH = 0x0004;
    static final int SUCCESS = 0x0100;
    static final int ERROR = 0x0110;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int LIFETIME = 0x000D;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int XOR_MAPPED_ADDRESS = 0x0020;

    static final int HEADER = 20;
    static final int TRANSACTION = 12;
    private static final int COOKIE = 0x2112A442;
    private static final int INTEGRITY_LENGTH = 20;

    private final byte[] bytes;

    private StunMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A request, or a response, without attributes. */
    static StunMessage of(int type, byte[] transaction) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putShort((short) type).putShort((short) 0).putInt(COOKIE).put(transaction, 0, TRANSACTION);
        return new StunMessage(header.array());
    }

    /** Reads a message; null when it is none. */
    static @Nullable StunMessage read(byte[] bytes, int length) {
        if (length < HEADER || (bytes[0] & 0xC0) != 0) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, length);
        if (header.getInt(4) != COOKIE || (header.getShort(2) & 0xFFFF) != length - HEADER) {
            return null;
        }
        return new StunMessage(Arrays.copyOf(bytes, length));
    }

    int type() {
        return ByteBuffer.wrap(bytes).getShort(0) & 0xFFFF;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    byte[] transaction() {
        return Arrays.copyOfRange(bytes, HEADER - TRANSACTION, HEADER);
    }

    /** Whether it answers a request. */
    boolean answers(StunMessage request) {
        return Arrays.equals(transaction(), request.transaction());
    }

    /** The same message with one more attribute. */
    StunMessage with(int type, byte[] value) {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(bytes);
        longer.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) type)
                .putShort((short) value.length)
                .array());
        longer.writeBytes(value);
        longer.writeBytes(new byte[-value.length & 3]);
        return new StunMessage(withLength(longer.toByteArray(), longer.size() - HEADER));
    }

    StunMessage with(int type, String value) {
        return with(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same message with MESSAGE-INTEGRITY over all that is there (RFC 8489 section 14.5). */
    StunMessage sealed(byte[] key) {
        return with(MESSAGE_INTEGRITY, integrity(bytes, bytes.length, key));
    }

    /** Whether there is a MESSAGE-INTEGRITY that fits. */
    boolean fits(byte[] key) {
        int at = find(MESSAGE_INTEGRITY);
        return at >= 0 && Arrays.equals(integrity(bytes, at - 4, key), attribute(MESSAGE_INTEGRITY));
    }

    /** The value of an attribute, or null. */
    byte @Nullable [] attribute(int type) {
        int at = find(type);
        if (at < 0) {
            return null;
        }
        int length = ByteBuffer.wrap(bytes).getShort(at - 2) & 0xFFFF;
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    @Nullable
    String text(int type) {
        byte[] value = attribute(type);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** The code of ERROR-CODE, or 0. */
    int errorCode() {
        byte[] value = attribute(ERROR_CODE);
        return value == null || value.length < 4 ? 0 : (value[2] & 7) * 100 + value[3];
    }

    /** The reason of ERROR-CODE, or nothing. */
    String errorReason() {
        byte[] value = attribute(ERROR_CODE);
        return value == null || value.length < 4 ? "" : new String(value, 4, value.length - 4, StandardCharsets.UTF_8);
    }

    /** XOR-MAPPED-ADDRESS, or null. */
    @Nullable
    InetAddress mapped() {
        byte[] value = attribute(XOR_MAPPED_ADDRESS);
        if (value == null || (value.length != 8 && value.length != 20)) {
            return null;
        }
        byte[] address = Arrays.copyOfRange(value, 4, value.length);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= bytes[4 + i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    private static byte[] integrity(byte[] message, int before, byte[] key) {
        byte[] covered = withLength(Arrays.copyOf(message, before), before - HEADER + 4 + INTEGRITY_LENGTH);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    private static byte[] withLength(byte[] message, int length) {
        ByteBuffer.wrap(message).putShort(2, (short) length);
        return message;
    }

    /** Where the value of the first attribute of a type begins, or -1. */
    private int find(int type) {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        int at = HEADER;
        while (at + 4 <= bytes.length) {
            int length = message.getShort(at + 2) & 0xFFFF;
            if (at + 4 + length > bytes.length) {
                return -1;
            }
            if ((message.getShort(at) & 0xFFFF) == type) {
                return at + 4;
            }
            at += 4 + ((length + 3) & ~3);
        }
        return -1;
    }

    /** Leaves out what may be a secret. */
    @Override
    public String toString() {
        return "StunMessage[" + HexFormat.of().toHexDigits((short) type()) + "]";
    }
}
