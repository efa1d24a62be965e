package dev.foyer.sfu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes the binding request of a controlling full ICE agent (RFC 8445 section 7.2). */
public final class ConnectivityCheck {
    private static final int HEADER = 20;

    private ConnectivityCheck() {}

    /**
     * A check with USE-CANDIDATE, MESSAGE-INTEGRITY and FINGERPRINT.
     *
     * @param remoteFragment of the server
     * @param password of the server
     */
    public static byte[] nominating(String remoteFragment, String password, int transaction) {
        ByteBuffer packet = ByteBuffer.allocate(512);
        packet.putShort((short) 0x0001).putShort((short) 0).putInt(0x2112A442);
        packet.putInt(0x0A0B0C0D).putInt(0x01020304).putInt(transaction);
        attribute(packet, 0x0006, (remoteFragment + ":peer").getBytes(StandardCharsets.US_ASCII));
        attribute(packet, 0x0024, ByteBuffer.allocate(4).putInt(1_853_824_767).array());
        attribute(packet, 0x802A, ByteBuffer.allocate(8).putLong(transaction).array());
        attribute(packet, 0x0025, new byte[0]);
        // The length that is signed counts the integrity attribute itself.
        packet.putShort(2, (short) (packet.position() - HEADER + 24));
        attribute(packet, 0x0008, hmac(password, packet.array(), packet.position()));
        packet.putShort(2, (short) (packet.position() - HEADER + 8));
        CRC32 crc = new CRC32();
        crc.update(packet.array(), 0, packet.position());
        attribute(
                packet,
                0x8028,
                ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 0x5354554E).array());
        byte[] bytes = new byte[packet.position()];
        packet.flip().get(bytes);
        return bytes;
    }

    /** Whether a datagram is a success response to any check. */
    public static boolean isSuccess(byte[] datagram) {
        return datagram.length >= HEADER && datagram[0] == 1 && datagram[1] == 1;
    }

    private static void attribute(ByteBuffer packet, int type, byte[] value) {
        packet.putShort((short) type).putShort((short) value.length).put(value);
        while (packet.position() % 4 != 0) {
            packet.put((byte) 0);
        }
    }

    private static byte[] hmac(String password, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
