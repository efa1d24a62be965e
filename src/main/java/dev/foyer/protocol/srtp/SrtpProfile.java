package dev.foyer.protocol.srtp;

import org.jitsi.srtp.SrtpPolicy;

/** The SRTP protection profiles of Foyer in the order in which it prefers them (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10, 10);

    /** 160 bits (RFC 3711 section 8.2). */
    private static final int HMAC_KEY_LENGTH = 20;

    private final int id;
    private final int keyLength;
    private final int saltLength;
    private final int rtpTagLength;
    private final int rtcpTagLength;

    SrtpProfile(int id, int keyLength, int saltLength, int rtpTagLength, int rtcpTagLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.rtpTagLength = rtpTagLength;
        this.rtcpTagLength = rtcpTagLength;
    }

    /** The 16 bit code point in the {@code use_srtp} extension. */
    public int id() {
        return id;
    }

    /** Bytes of the master key. */
    public int keyLength() {
        return keyLength;
    }

    /** Bytes of the master salt. */
    public int saltLength() {
        return saltLength;
    }

    /** Bytes by which protection lengthens an RTP packet. */
    public int rtpOverhead() {
        return rtpTagLength;
    }

    /** Bytes by which protection lengthens an RTCP packet: the tag and the four bytes of index and E flag. */
    public int rtcpOverhead() {
        return rtcpTagLength + Integer.BYTES;
    }

    /** Bytes to ask of the DTLS exporter: key and salt of both directions. */
    public int exportedLength() {
        return 2 * (keyLength + saltLength);
    }

    /** A new policy, the same for RTP and RTCP. */
    SrtpPolicy policy() {
        boolean gcm = this == AEAD_AES_128_GCM;
        return new SrtpPolicy(
                gcm ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
                keyLength,
                gcm ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
                gcm ? 0 : HMAC_KEY_LENGTH,
                rtpTagLength,
                saltLength);
    }
}
