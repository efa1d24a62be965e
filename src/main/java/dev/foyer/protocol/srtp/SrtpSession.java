package dev.foyer.protocol.srtp;

import dev.foyer.protocol.HotPath;

/**
 * Protects and unprotects the packets of one transport, in place (RFC 3711, RFC 7714).
 *
 * <p>Used on one thread, the event loop that owns the transport. Nothing is thrown for what a packet holds: each
 * operation returns the new length or one of the negative outcomes below, which are also counted. After a negative
 * outcome the bytes of the packet are undefined.
 *
 * <p>A stream's cryptographic context comes to be with its first authentic packet: a forged packet with an ssrc of its
 * own leaves nothing behind. A stream that is met in the middle starts with rollover counter zero, or one if its first
 * packets were lost around the first wrap; streams keep their counter and replay window for as long as the session
 * lives, unless {@linkplain #releaseReceiveSsrc released} and crowded out by new ones.
 */
@HotPath
public final class SrtpSession {
    /** Too short, wrong version, lengths that contradict each other, or unencrypted SRTCP. */
    public static final int MALFORMED = -1;

    /** The authentication tag does not fit. */
    public static final int AUTHENTICATION_FAILED = -2;

    /**
     * Already seen, or too old to tell. When protecting: the packet index was used already, and using it again could
     * give the key away.
     */
    public static final int REPLAYED = -3;

    /** Authentic, but the session already holds as many streams as it may. */
    public static final int SSRC_LIMIT = -4;

    /** The cipher failed, the ssrc was retired, or the array has no room behind the packet. */
    public static final int FAILED = -5;

    /** Bytes that must be free in the array behind a packet that is to be protected. */
    public static final int MAX_OVERHEAD = 64;

    /** Streams received at a time, counted for RTP and RTCP apart. */
    public static final int MAX_RECEIVE_SSRCS = 256;

    static final int RTP_HEADER_LENGTH = 12;
    static final int RTCP_HEADER_LENGTH = 8;

    private static final int OUTCOMES = 6;

    private final SrtpProfile profile;
    private final SrtpSender sender;
    private final SrtpReceiver receiver;
    private final long[] outcomes = new long[OUTCOMES];

    public SrtpSession(SrtpKeys keys) {
        profile = keys.profile();
        sender = new SrtpSender(keys);
        receiver = new SrtpReceiver(keys);
    }

    /**
     * Makes the cipher library choose its fastest implementations, which takes a good part of a second and would
     * otherwise happen on an event loop with the first packet. Call once at start-up, off the event loops.
     */
    public static void warmUp() {
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] key = new byte[profile.keyLength()];
            byte[] salt = new byte[profile.saltLength()];
            SrtpSession session = new SrtpSession(new SrtpKeys(profile, key, salt, key, salt));
            byte[] buffer = new byte[RTP_HEADER_LENGTH + 4 + MAX_OVERHEAD];
            buffer[0] = (byte) 0x80;
            session.unprotectRtp(buffer, 0, session.protectRtp(buffer, 0, RTP_HEADER_LENGTH + 4));
        }
    }

    public SrtpProfile profile() {
        return profile;
    }

    /**
     * How often an outcome was returned since the session began.
     *
     * @param outcome one of this class's negative constants
     */
    public long count(int outcome) {
        return outcomes[-outcome];
    }

    /** Decrypts an SRTP packet. Returns the length of the RTP packet at the same offset, or a negative outcome. */
    public int unprotectRtp(byte[] buffer, int offset, int length) {
        return counted(receiver.unprotectRtp(buffer, offset, length));
    }

    /** Decrypts an SRTCP packet. Returns the length of the RTCP packet at the same offset, or a negative outcome. */
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
        return counted(receiver.unprotectRtcp(buffer, offset, length));
    }

    /**
     * Encrypts an RTP packet. Returns the length of the SRTP packet at the same offset, or a negative outcome.
     *
     * <p>A packet index is protected once only: the same sequence number a second time is refused as {@link #REPLAYED},
     * since one nonce for two different packets gives AES-GCM's authentication key away. To retransmit without RTX, keep
     * the protected bytes. A stream should begin with a sequence number below 32,768, so that a receiver that misses the
     * first packets cannot miss the first wrap (RFC 3711 section 3.3.1).
     *
     * @param buffer has {@link #MAX_OVERHEAD} free bytes behind the packet
     */
    public int protectRtp(byte[] buffer, int offset, int length) {
        return counted(sender.protectRtp(buffer, offset, length));
    }

    /**
     * Encrypts a compound RTCP packet under the sender ssrc of its first part. Returns the length of the SRTCP packet at
     * the same offset, or a negative outcome.
     *
     * @param buffer has {@link #MAX_OVERHEAD} free bytes behind the packet
     */
    public int protectRtcp(byte[] buffer, int offset, int length) {
        return counted(sender.protectRtcp(buffer, offset, length));
    }

    /**
     * Says that a received stream is over. Its context stays until its place is needed, so that a stream that does come
     * back continues with its rollover counter and old packets stay refused.
     *
     * @param ssrc 32 bits unsigned
     */
    public void releaseReceiveSsrc(long ssrc) {
        receiver.release((int) ssrc);
    }

    /**
     * Retires an ssrc of ours for good: its contexts are freed, and later RTP and RTCP packets with it are refused as
     * {@link #FAILED}, since fresh contexts would begin anew with packet indices that were used already. Protect a BYE
     * before.
     *
     * @param ssrc 32 bits unsigned
     */
    public void retireSendSsrc(long ssrc) {
        sender.retire((int) ssrc);
    }

    /** Streams of RTP for which there is a context. */
    int receiveSsrcs() {
        return receiver.streams();
    }

    /** Senders of RTCP for which there is a context. */
    int receiveReportSsrcs() {
        return receiver.reporters();
    }

    private int counted(int result) {
        if (result < 0) {
            outcomes[-result]++;
        }
        return result;
    }

    static int sequenceNumber(byte[] buffer, int offset) {
        return ((buffer[offset + 2] & 0xFF) << 8) | (buffer[offset + 3] & 0xFF);
    }

    static int readInt(byte[] buffer, int at) {
        return (buffer[at] << 24)
                | ((buffer[at + 1] & 0xFF) << 16)
                | ((buffer[at + 2] & 0xFF) << 8)
                | (buffer[at + 3] & 0xFF);
    }
}
