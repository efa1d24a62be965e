package dev.foyer.protocol.srtp;

import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jspecify.annotations.Nullable;

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
public final class SrtpSession {
    /** Too short, wrong version, lengths that contradict each other, or unencrypted SRTCP. */
    public static final int MALFORMED = -1;

    /** The authentication tag does not fit. */
    public static final int AUTHENTICATION_FAILED = -2;

    /** Already seen, or too old to tell. When protecting: this packet index was already used, and reusing it would break the cipher. */
    public static final int REPLAYED = -3;

    /** Authentic, but the session already holds as many streams as it may. */
    public static final int SSRC_LIMIT = -4;

    /** The cipher failed, the ssrc was retired, or the array has no room behind the packet. */
    public static final int FAILED = -5;

    /** Bytes that must be free in the array behind a packet that is to be protected. */
    public static final int MAX_OVERHEAD = 64;

    /** Streams received at a time, counted for RTP and RTCP apart. */
    static final int MAX_RECEIVE_SSRCS = 256;

    private static final int OUTCOMES = 6;
    private static final int RTP_HEADER_LENGTH = 12;
    private static final int RTCP_HEADER_LENGTH = 8;

    /** A wrap can only have been missed by a stream whose first packet we see has a low sequence number. */
    private static final int WRAP_MISSED_BELOW = 0x2000;

    /** Forged packets of new ssrcs in a row after which only every 16th is still tried. */
    private static final int TRIALS_BEFORE_SAMPLING = 64;

    private static final int TRIAL_SAMPLE_MASK = 15;

    private final SrtpProfile profile;
    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final SsrcMap<SendStream> sendStreams = new SsrcMap<>();
    private final SsrcMap<ReceiveStream> receiveStreams = new SsrcMap<>();
    private final SsrcMap<SendReports> sendReports = new SsrcMap<>();
    private final SsrcMap<ReceiveReports> receiveReports = new SsrcMap<>();
    private final PacketBuffer packet = new PacketBuffer();
    private final long[] outcomes = new long[OUTCOMES];
    private byte[] trialCopy = new byte[0];
    private int failedTrials;

    public SrtpSession(SrtpKeys keys) {
        profile = keys.profile();
        SrtpPolicy rtp = policy(profile);
        SrtpPolicy rtcp = policy(profile);
        // ReplayWindow does this for RTP, over more packets than the library's 64.
        rtp.setReceiveReplayEnabled(false);
        rtp.setSendReplayEnabled(false);
        sending = new SrtpContextFactory(true, keys.sendKey(), keys.sendSalt(), rtp, rtcp, SilentLogger.INSTANCE);
        receiving =
                new SrtpContextFactory(false, keys.receiveKey(), keys.receiveSalt(), rtp, rtcp, SilentLogger.INSTANCE);
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
        if (length < RTP_HEADER_LENGTH + profile.rtpOverhead() || (buffer[offset] & 0xC0) != 0x80) {
            return outcome(MALFORMED);
        }
        int ssrc = readInt(buffer, offset + 8);
        int sequenceNumber = ((buffer[offset + 2] & 0xFF) << 8) | (buffer[offset + 3] & 0xFF);
        ReceiveStream stream = receiveStreams.get(ssrc);
        if (stream == null) {
            return outcome(unprotectFirst(ssrc, sequenceNumber, buffer, offset, length));
        }
        long index = stream.window.indexOf(sequenceNumber, 0);
        if (!stream.window.isFresh(index)) {
            return outcome(REPLAYED);
        }
        int result = reverse(stream.context, buffer, offset, length);
        if (result >= 0) {
            stream.window.accept(index);
            stream.released = false;
        }
        return outcome(result);
    }

    /** Decrypts an SRTCP packet. Returns the length of the RTCP packet at the same offset, or a negative outcome. */
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
        if (length < RTCP_HEADER_LENGTH + profile.rtcpOverhead() || (buffer[offset] & 0xC0) != 0x80) {
            return outcome(MALFORMED);
        }
        int flagAt = profile == SrtpProfile.AEAD_AES_128_GCM
                ? offset + length - Integer.BYTES
                : offset + length - profile.rtcpOverhead();
        if ((buffer[flagAt] & 0x80) == 0) {
            // WebRTC has no unencrypted SRTCP (RFC 8827 section 6.5).
            return outcome(MALFORMED);
        }
        int ssrc = readInt(buffer, offset + 4);
        ReceiveReports known = receiveReports.get(ssrc);
        if (known != null) {
            int result = reverse(known.context, buffer, offset, length);
            if (result >= 0) {
                known.released = false;
            }
            return outcome(result);
        }
        if (!mayTry()) {
            return outcome(AUTHENTICATION_FAILED);
        }
        SrtcpCryptoContext context = receiveReportsContext(ssrc);
        int result = context == null ? FAILED : reverse(context, buffer, offset, length);
        tried(result);
        if (result >= 0 && context != null) {
            if (receiveReports.size() >= MAX_RECEIVE_SSRCS) {
                receiveReports.retain(reports -> !reports.released);
            }
            if (receiveReports.size() >= MAX_RECEIVE_SSRCS) {
                return outcome(SSRC_LIMIT);
            }
            receiveReports.put(ssrc, new ReceiveReports(context));
        }
        return outcome(result);
    }

    /**
     * Encrypts an RTP packet. Returns the length of the SRTP packet at the same offset, or a negative outcome.
     *
     * <p>An index is protected once only: the same sequence number a second time is refused as {@link #REPLAYED}, since
     * a nonce used for two different packets gives AES-GCM's authentication key away. To retransmit without RTX, keep
     * the protected bytes.
     *
     * @param buffer has {@link #MAX_OVERHEAD} free bytes behind the packet
     */
    public int protectRtp(byte[] buffer, int offset, int length) {
        if (length < RTP_HEADER_LENGTH || (buffer[offset] & 0xC0) != 0x80) {
            return outcome(MALFORMED);
        }
        if (buffer.length - offset - length < profile.rtpOverhead()) {
            return outcome(FAILED);
        }
        int ssrc = readInt(buffer, offset + 8);
        SendStream stream = sendStreams.get(ssrc);
        if (stream == null) {
            SrtpCryptoContext context = sendContext(ssrc);
            if (context == null) {
                return outcome(FAILED);
            }
            stream = new SendStream(context);
            sendStreams.put(ssrc, stream);
        }
        SrtpCryptoContext context = stream.context;
        if (context == null) {
            return outcome(FAILED);
        }
        int sequenceNumber = ((buffer[offset + 2] & 0xFF) << 8) | (buffer[offset + 3] & 0xFF);
        long index = stream.window.indexOf(sequenceNumber, 0);
        if (!stream.window.isFresh(index)) {
            return outcome(REPLAYED);
        }
        packet.wrap(buffer, offset, length);
        try {
            SrtpErrorStatus status = context.transformPacket(packet);
            stream.window.accept(index);
            // The library reports success even where its GCM cipher failed and left the packet in clear.
            boolean whole = packet.getLength() == length + profile.rtpOverhead();
            return outcome(status == SrtpErrorStatus.OK && whole ? packet.getLength() : FAILED);
        } catch (GeneralSecurityException | RuntimeException _) {
            stream.window.accept(index);
            return outcome(FAILED);
        }
    }

    /**
     * Encrypts a compound RTCP packet under the sender ssrc of its first part. Returns the length of the SRTCP packet at
     * the same offset, or a negative outcome.
     *
     * @param buffer has {@link #MAX_OVERHEAD} free bytes behind the packet
     */
    public int protectRtcp(byte[] buffer, int offset, int length) {
        if (length < RTCP_HEADER_LENGTH || (buffer[offset] & 0xC0) != 0x80) {
            return outcome(MALFORMED);
        }
        if (buffer.length - offset - length < profile.rtcpOverhead()) {
            return outcome(FAILED);
        }
        int ssrc = readInt(buffer, offset + 4);
        SendReports reports = sendReports.get(ssrc);
        try {
            if (reports == null) {
                reports = new SendReports(sending.deriveControlContext(ssrc));
                sendReports.put(ssrc, reports);
            }
            SrtcpCryptoContext context = reports.context;
            if (context == null) {
                return outcome(FAILED);
            }
            packet.wrap(buffer, offset, length);
            SrtpErrorStatus status = context.transformPacket(packet);
            boolean whole = packet.getLength() == length + profile.rtcpOverhead();
            return outcome(status == SrtpErrorStatus.OK && whole ? packet.getLength() : FAILED);
        } catch (GeneralSecurityException | RuntimeException _) {
            return outcome(FAILED);
        }
    }

    /**
     * Says that a received stream is over. Its context stays until its place is needed, so that a stream that does come
     * back continues with its rollover counter and old packets stay refused.
     *
     * @param ssrc 32 bits unsigned
     */
    public void releaseReceiveSsrc(long ssrc) {
        ReceiveStream stream = receiveStreams.get((int) ssrc);
        if (stream != null) {
            stream.released = true;
        }
        ReceiveReports reports = receiveReports.get((int) ssrc);
        if (reports != null) {
            reports.released = true;
        }
    }

    /**
     * Retires an ssrc of ours for good: its contexts are freed, and later RTP and RTCP packets with it are refused as
     * {@link #FAILED}, since fresh contexts would begin anew with packet indices that were used already. Protect a BYE
     * before.
     *
     * @param ssrc 32 bits unsigned
     */
    public void retireSendSsrc(long ssrc) {
        if (sendStreams.get((int) ssrc) != null) {
            sendStreams.put((int) ssrc, SendStream.RETIRED);
        }
        if (sendReports.get((int) ssrc) != null) {
            sendReports.put((int) ssrc, SendReports.RETIRED);
        }
    }

    /** Streams received, for RTP. */
    int receiveSsrcs() {
        return receiveStreams.size();
    }

    /** Streams whose RTCP was received. */
    int receiveReportSsrcs() {
        return receiveReports.size();
    }

    private int unprotectFirst(int ssrc, int sequenceNumber, byte[] buffer, int offset, int length) {
        if (!mayTry()) {
            return AUTHENTICATION_FAILED;
        }
        boolean wrapMayBeMissed = sequenceNumber < WRAP_MISSED_BELOW;
        if (wrapMayBeMissed) {
            // A failed decryption leaves rubbish in place of the packet, and there is a second try to come.
            if (trialCopy.length < length) {
                trialCopy = new byte[Math.max(length, 1500)];
            }
            System.arraycopy(buffer, offset, trialCopy, 0, length);
        }
        int result = tryRollover(0, ssrc, sequenceNumber, buffer, offset, length);
        if (result == AUTHENTICATION_FAILED && wrapMayBeMissed) {
            System.arraycopy(trialCopy, 0, buffer, offset, length);
            result = tryRollover(1, ssrc, sequenceNumber, buffer, offset, length);
        }
        tried(result);
        return result;
    }

    private int tryRollover(int rollover, int ssrc, int sequenceNumber, byte[] buffer, int offset, int length) {
        SrtpCryptoContext context;
        try {
            context = receiving.deriveContext(ssrc, rollover);
        } catch (GeneralSecurityException | RuntimeException _) {
            return FAILED;
        }
        int result = reverse(context, buffer, offset, length);
        if (result < 0) {
            return result;
        }
        if (receiveStreams.size() >= MAX_RECEIVE_SSRCS) {
            receiveStreams.retain(stream -> !stream.released);
        }
        if (receiveStreams.size() >= MAX_RECEIVE_SSRCS) {
            return SSRC_LIMIT;
        }
        ReceiveStream stream = new ReceiveStream(context);
        stream.window.accept(stream.window.indexOf(sequenceNumber, rollover));
        receiveStreams.put(ssrc, stream);
        return result;
    }

    /**
     * Deriving keys for an unknown ssrc costs far more than refusing a packet of a known one. Under a run of forgeries
     * only a sample is tried: a genuine new stream then starts at most 15 packets late and ends the run.
     */
    private boolean mayTry() {
        return failedTrials < TRIALS_BEFORE_SAMPLING || (failedTrials++ & TRIAL_SAMPLE_MASK) == 0;
    }

    private void tried(int result) {
        if (result >= 0) {
            failedTrials = 0;
        } else if (failedTrials < TRIALS_BEFORE_SAMPLING) {
            failedTrials++;
        }
    }

    private int reverse(SrtpCryptoContext context, byte[] buffer, int offset, int length) {
        packet.wrap(buffer, offset, length);
        try {
            return result(context.reverseTransformPacket(packet, false));
        } catch (GeneralSecurityException | RuntimeException _) {
            return MALFORMED;
        }
    }

    private int reverse(SrtcpCryptoContext context, byte[] buffer, int offset, int length) {
        packet.wrap(buffer, offset, length);
        try {
            return result(context.reverseTransformPacket(packet));
        } catch (GeneralSecurityException | RuntimeException _) {
            return MALFORMED;
        }
    }

    private int result(SrtpErrorStatus status) {
        return switch (status) {
            case OK -> packet.getLength();
            case AUTH_FAIL -> AUTHENTICATION_FAILED;
            case REPLAY_FAIL, REPLAY_OLD -> REPLAYED;
            case INVALID_PACKET -> MALFORMED;
            case FAIL -> FAILED;
        };
    }

    private int outcome(int result) {
        if (result < 0) {
            outcomes[-result]++;
        }
        return result;
    }

    private @Nullable SrtpCryptoContext sendContext(int ssrc) {
        try {
            return sending.deriveContext(ssrc, 0);
        } catch (GeneralSecurityException | RuntimeException _) {
            return null;
        }
    }

    private @Nullable SrtcpCryptoContext receiveReportsContext(int ssrc) {
        try {
            return receiving.deriveControlContext(ssrc);
        } catch (GeneralSecurityException | RuntimeException _) {
            return null;
        }
    }

    private static SrtpPolicy policy(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(
                        SrtpPolicy.AESGCM_ENCRYPTION,
                        profile.keyLength(),
                        SrtpPolicy.NULL_AUTHENTICATION,
                        0,
                        profile.rtpOverhead(),
                        profile.saltLength());
            case AES128_CM_HMAC_SHA1_80 ->
                new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION,
                        profile.keyLength(),
                        SrtpPolicy.HMACSHA1_AUTHENTICATION,
                        20,
                        profile.rtpOverhead(),
                        profile.saltLength());
        };
    }

    private static int readInt(byte[] buffer, int at) {
        return (buffer[at] << 24)
                | ((buffer[at + 1] & 0xFF) << 16)
                | ((buffer[at + 2] & 0xFF) << 8)
                | (buffer[at + 3] & 0xFF);
    }

    private static final class SendStream {
        static final SendStream RETIRED = new SendStream(null);

        final @Nullable SrtpCryptoContext context;
        final ReplayWindow window = new ReplayWindow();

        SendStream(@Nullable SrtpCryptoContext context) {
            this.context = context;
        }
    }

    private record SendReports(@Nullable SrtcpCryptoContext context) {
        static final SendReports RETIRED = new SendReports(null);
    }

    private static final class ReceiveStream {
        final SrtpCryptoContext context;
        final ReplayWindow window = new ReplayWindow();
        boolean released;

        ReceiveStream(SrtpCryptoContext context) {
            this.context = context;
        }
    }

    private static final class ReceiveReports {
        final SrtcpCryptoContext context;
        boolean released;

        ReceiveReports(SrtcpCryptoContext context) {
            this.context = context;
        }
    }
}
