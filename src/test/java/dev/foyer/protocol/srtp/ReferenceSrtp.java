package dev.foyer.protocol.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** SRTP word by word from RFC 3711 and RFC 7714, with the JDK's ciphers: slow, stateless, told the packet index. */
final class ReferenceSrtp {
    private final SrtpProfile profile;
    private final byte[][] rtp;
    private final byte[][] rtcp;

    ReferenceSrtp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this.profile = profile;
        rtp = new byte[][] {
            derive(masterKey, masterSalt, 0, profile.keyLength()),
            derive(masterKey, masterSalt, 1, 20),
            derive(masterKey, masterSalt, 2, profile.saltLength())
        };
        rtcp = new byte[][] {
            derive(masterKey, masterSalt, 3, profile.keyLength()),
            derive(masterKey, masterSalt, 4, 20),
            derive(masterKey, masterSalt, 5, profile.saltLength())
        };
    }

    /** RFC 3711 section 4.3: key derivation with rate zero. RFC 7714 section 11 pads its shorter salt on the right. */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int length) {
        byte[] x = Arrays.copyOf(masterSalt, 16);
        x[7] ^= (byte) label;
        return counterMode(masterKey, x, new byte[length]);
    }

    byte[] protectRtp(byte[] packet, int headerLength, long index) {
        int ssrc = ByteBuffer.wrap(packet).getInt(8);
        byte[] header = Arrays.copyOf(packet, headerLength);
        byte[] payload = Arrays.copyOfRange(packet, headerLength, packet.length);
        if (profile == SrtpProfile.AEAD_AES_128_GCM) {
            return join(header, gcm(rtp[0], rtpNonce(rtp[2], ssrc, index), header, payload));
        }
        byte[] iv = ByteBuffer.allocate(16)
                .putInt(4, ssrc)
                .putInt(8, (int) (index >>> 16))
                .putShort(12, (short) index)
                .array();
        byte[] encrypted = join(header, counterMode(rtp[0], xor(iv, rtp[2]), payload));
        byte[] rollover = ByteBuffer.allocate(4).putInt((int) (index >>> 16)).array();
        return join(encrypted, Arrays.copyOf(hmac(rtp[1], join(encrypted, rollover)), 10));
    }

    byte[] protectRtcp(byte[] packet, int index) {
        int ssrc = ByteBuffer.wrap(packet).getInt(4);
        byte[] header = Arrays.copyOf(packet, 8);
        byte[] payload = Arrays.copyOfRange(packet, 8, packet.length);
        byte[] flagAndIndex = ByteBuffer.allocate(4).putInt(index | 0x8000_0000).array();
        if (profile == SrtpProfile.AEAD_AES_128_GCM) {
            byte[] nonce =
                    ByteBuffer.allocate(12).putInt(2, ssrc).putInt(8, index).array();
            return join(
                    header, join(gcm(rtcp[0], xor(nonce, rtcp[2]), join(header, flagAndIndex), payload), flagAndIndex));
        }
        byte[] iv = ByteBuffer.allocate(16).putInt(4, ssrc).putInt(10, index).array();
        byte[] encrypted = join(join(header, counterMode(rtcp[0], xor(iv, rtcp[2]), payload)), flagAndIndex);
        return join(encrypted, Arrays.copyOf(hmac(rtcp[1], encrypted), 10));
    }

    /** RFC 7714 section 8.1. */
    static byte[] rtpNonce(byte[] salt, int ssrc, long index) {
        byte[] nonce = ByteBuffer.allocate(12)
                .putInt(2, ssrc)
                .putInt(6, (int) (index >>> 16))
                .putShort(10, (short) index)
                .array();
        return xor(nonce, salt);
    }

    static byte[] gcm(byte[] key, byte[] nonce, byte[] associated, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] counterMode(byte[] key, byte[] iv, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] xor(byte[] a, byte[] shorter) {
        byte[] result = a.clone();
        for (int i = 0; i < shorter.length; i++) {
            result[i] ^= shorter[i];
        }
        return result;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
