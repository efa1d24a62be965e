package dev.foyer.protocol.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Builds the connectivity checks of a full agent, straight from RFC 8489 with the JDK. */
final class Check {
    private static final int CONTROLLED = 0x8029;
    private static final int CONTROLLING = 0x802A;

    private final ByteBuffer message = ByteBuffer.allocate(512);
    private final String username;
    private String password;
    private int role = CONTROLLING;
    private boolean nominating;
    private boolean fingerprint = true;
    private boolean integrity = true;
    private int priority = 1;
    private int unknown = -1;
    private int emptyUnknown;
    private boolean bare;
    private int type = 1;

    Check(IceCredentials to) {
        username = to.usernameFragment() + ":peer";
        password = to.password();
    }

    Check nominating() {
        nominating = true;
        return this;
    }

    Check priority(int value) {
        priority = value;
        return this;
    }

    Check controlled() {
        role = CONTROLLED;
        return this;
    }

    Check password(String other) {
        password = other;
        return this;
    }

    Check withoutFingerprint() {
        fingerprint = false;
        return this;
    }

    Check withoutIntegrity() {
        integrity = false;
        return this;
    }

    Check unknownAttribute(int attribute) {
        unknown = attribute;
        return this;
    }

    /** Only what a check cannot be authentic without. */
    Check bare() {
        bare = true;
        fingerprint = false;
        return this;
    }

    /** So many unknown attributes that have to be understood, each as short as can be. */
    Check emptyUnknownAttributes(int count) {
        emptyUnknown = count;
        return this;
    }

    Check type(int value) {
        type = value;
        return this;
    }

    byte[] bytes() {
        message.clear();
        message.putShort((short) type)
                .putShort((short) 0)
                .putInt(0x2112A442)
                .put("transactions".getBytes(StandardCharsets.US_ASCII));
        attribute(0x0006, username.getBytes(StandardCharsets.US_ASCII));
        if (!bare) {
            attribute(0x0024, ByteBuffer.allocate(4).putInt(priority).array());
        }
        if (!bare || role == CONTROLLED) {
            attribute(role, new byte[8]);
        }
        for (int i = 0; i < emptyUnknown; i++) {
            attribute(0x7F00 + i, new byte[0]);
        }
        if (nominating) {
            attribute(0x0025, new byte[0]);
        }
        if (unknown >= 0) {
            attribute(unknown, new byte[] {1, 2, 3});
        }
        if (integrity) {
            length(24);
            attribute(0x0008, hmac());
        }
        if (fingerprint) {
            length(8);
            CRC32 crc = new CRC32();
            crc.update(message.array(), 0, message.position());
            attribute(
                    0x8028,
                    ByteBuffer.allocate(4)
                            .putInt((int) crc.getValue() ^ 0x5354554E)
                            .array());
        }
        length(0);
        byte[] bytes = new byte[message.position()];
        message.get(0, bytes);
        return bytes;
    }

    private void attribute(int attribute, byte[] value) {
        message.putShort((short) attribute).putShort((short) value.length).put(value);
        while (message.position() % 4 != 0) {
            message.put((byte) 0);
        }
    }

    private void length(int more) {
        message.putShort(2, (short) (message.position() - 20 + more));
    }

    private byte[] hmac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            mac.update(message.array(), 0, message.position());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
