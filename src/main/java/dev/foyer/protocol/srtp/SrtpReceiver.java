package dev.foyer.protocol.srtp;

import dev.foyer.protocol.HotPath;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;

/** The receiving half of an {@link SrtpSession}, whose outcomes it returns. */
@HotPath
final class SrtpReceiver {
    /** Only a stream whose first packet we see has a low sequence number can have wrapped before. */
    private static final int WRAP_MISSED_BELOW = 0x2000;

    /** Forged packets of unknown ssrcs in a row after which only every 16th is still tried. */
    private static final int TRIALS_BEFORE_SAMPLING = 64;

    private static final int SAMPLE_MASK = 15;

    private final SrtpProfile profile;
    private final SrtpContextFactory contexts;
    private final SsrcMap<Stream> streams = new SsrcMap<>();
    private final SsrcMap<Reporter> reporters = new SsrcMap<>();
    private final PacketBuffer packet = new PacketBuffer();
    private byte[] original = new byte[0];
    private int failedTrials;

    SrtpReceiver(SrtpKeys keys) {
        profile = keys.profile();
        SrtpPolicy rtp = profile.policy();
        // ReplayWindow does this, over more packets than the library's 64.
        rtp.setReceiveReplayEnabled(false);
        contexts = new SrtpContextFactory(
                false, keys.receiveKey(), keys.receiveSalt(), rtp, profile.policy(), SilentLogger.INSTANCE);
    }

    int unprotectRtp(byte[] buffer, int offset, int length) {
        if (length < SrtpSession.RTP_HEADER_LENGTH + profile.rtpOverhead() || (buffer[offset] & 0xC0) != 0x80) {
            return SrtpSession.MALFORMED;
        }
        int ssrc = SrtpSession.readInt(buffer, offset + 8);
        int sequenceNumber = SrtpSession.sequenceNumber(buffer, offset);
        Stream stream = streams.get(ssrc);
        if (stream == null) {
            return first(ssrc, sequenceNumber, buffer, offset, length);
        }
        long index = stream.window.indexOf(sequenceNumber, 0);
        if (!stream.window.isFresh(index)) {
            return SrtpSession.REPLAYED;
        }
        int result = reverse(stream.context, buffer, offset, length);
        if (result >= 0) {
            stream.window.accept(index);
            stream.released = false;
        }
        return result;
    }

    int unprotectRtcp(byte[] buffer, int offset, int length) {
        if (length < SrtpSession.RTCP_HEADER_LENGTH + profile.rtcpOverhead() || (buffer[offset] & 0xC0) != 0x80) {
            return SrtpSession.MALFORMED;
        }
        // RFC 3711 has the index before the tag, RFC 7714 behind it.
        int behindFlag = profile == SrtpProfile.AEAD_AES_128_GCM ? Integer.BYTES : profile.rtcpOverhead();
        if ((buffer[offset + length - behindFlag] & 0x80) == 0) {
            // WebRTC has no unencrypted SRTCP (RFC 8827 section 6.5).
            return SrtpSession.MALFORMED;
        }
        int ssrc = SrtpSession.readInt(buffer, offset + 4);
        Reporter reporter = reporters.get(ssrc);
        if (reporter == null) {
            return firstReport(ssrc, buffer, offset, length);
        }
        int result = reverse(reporter.context, buffer, offset, length);
        if (result >= 0) {
            reporter.released = false;
        }
        return result;
    }

    void release(int ssrc) {
        Stream stream = streams.get(ssrc);
        if (stream != null) {
            stream.released = true;
        }
        Reporter reporter = reporters.get(ssrc);
        if (reporter != null) {
            reporter.released = true;
        }
    }

    int streams() {
        return streams.size();
    }

    int reporters() {
        return reporters.size();
    }

    private int first(int ssrc, int sequenceNumber, byte[] buffer, int offset, int length) {
        if (!mayTry()) {
            return SrtpSession.AUTHENTICATION_FAILED;
        }
        boolean wrapMayBeMissed = sequenceNumber < WRAP_MISSED_BELOW;
        if (wrapMayBeMissed) {
            // A failed decryption leaves rubbish in place of the packet, and there is a second try to come.
            if (original.length < length) {
                original = new byte[Math.max(length, 1500)];
            }
            System.arraycopy(buffer, offset, original, 0, length);
        }
        int result = begin(0, ssrc, sequenceNumber, buffer, offset, length);
        if (result == SrtpSession.AUTHENTICATION_FAILED && wrapMayBeMissed) {
            System.arraycopy(original, 0, buffer, offset, length);
            result = begin(1, ssrc, sequenceNumber, buffer, offset, length);
        }
        tried(result);
        return result;
    }

    private int begin(int rollover, int ssrc, int sequenceNumber, byte[] buffer, int offset, int length) {
        SrtpCryptoContext context;
        try {
            context = contexts.deriveContext(ssrc, rollover);
        } catch (GeneralSecurityException | RuntimeException _) {
            return SrtpSession.FAILED;
        }
        int result = reverse(context, buffer, offset, length);
        if (result < 0) {
            return result;
        }
        if (streams.size() >= SrtpSession.MAX_RECEIVE_SSRCS) {
            streams.retain(stream -> !stream.released);
        }
        if (streams.size() >= SrtpSession.MAX_RECEIVE_SSRCS) {
            return SrtpSession.SSRC_LIMIT;
        }
        Stream stream = new Stream(context);
        stream.window.accept(stream.window.indexOf(sequenceNumber, rollover));
        streams.put(ssrc, stream);
        return result;
    }

    private int firstReport(int ssrc, byte[] buffer, int offset, int length) {
        if (!mayTry()) {
            return SrtpSession.AUTHENTICATION_FAILED;
        }
        SrtcpCryptoContext context;
        try {
            context = contexts.deriveControlContext(ssrc);
        } catch (GeneralSecurityException | RuntimeException _) {
            return SrtpSession.FAILED;
        }
        int result = reverse(context, buffer, offset, length);
        tried(result);
        if (result < 0) {
            return result;
        }
        if (reporters.size() >= SrtpSession.MAX_RECEIVE_SSRCS) {
            reporters.retain(reporter -> !reporter.released);
        }
        if (reporters.size() >= SrtpSession.MAX_RECEIVE_SSRCS) {
            return SrtpSession.SSRC_LIMIT;
        }
        reporters.put(ssrc, new Reporter(context));
        return result;
    }

    /**
     * Deriving keys for an unknown ssrc costs far more than refusing a packet of a known one. Under a run of forgeries
     * only a sample is tried: a genuine new stream then starts at most 15 packets late and ends the run.
     */
    private boolean mayTry() {
        return failedTrials < TRIALS_BEFORE_SAMPLING || (failedTrials++ & SAMPLE_MASK) == 0;
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
            return SrtpSession.MALFORMED;
        }
    }

    private int reverse(SrtcpCryptoContext context, byte[] buffer, int offset, int length) {
        packet.wrap(buffer, offset, length);
        try {
            return result(context.reverseTransformPacket(packet));
        } catch (GeneralSecurityException | RuntimeException _) {
            return SrtpSession.MALFORMED;
        }
    }

    private int result(SrtpErrorStatus status) {
        return switch (status) {
            case OK -> packet.getLength();
            case AUTH_FAIL -> SrtpSession.AUTHENTICATION_FAILED;
            case REPLAY_FAIL, REPLAY_OLD -> SrtpSession.REPLAYED;
            case INVALID_PACKET -> SrtpSession.MALFORMED;
            case FAIL -> SrtpSession.FAILED;
        };
    }

    private static final class Stream {
        final SrtpCryptoContext context;
        final ReplayWindow window = new ReplayWindow();
        boolean released;

        Stream(SrtpCryptoContext context) {
            this.context = context;
        }
    }

    private static final class Reporter {
        final SrtcpCryptoContext context;
        boolean released;

        Reporter(SrtcpCryptoContext context) {
            this.context = context;
        }
    }
}
