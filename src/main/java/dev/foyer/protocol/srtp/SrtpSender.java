package dev.foyer.protocol.srtp;

import dev.foyer.protocol.HotPath;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jspecify.annotations.Nullable;

/** The sending half of an {@link SrtpSession}, whose outcomes it returns. */
@HotPath
final class SrtpSender {
    private final SrtpProfile profile;
    private final SrtpContextFactory contexts;
    private final SsrcMap<Stream> streams = new SsrcMap<>();
    private final SsrcMap<Reporter> reporters = new SsrcMap<>();
    private final PacketBuffer packet = new PacketBuffer();

    SrtpSender(SrtpKeys keys) {
        profile = keys.profile();
        SrtpPolicy rtp = profile.policy();
        // ReplayWindow does this, over more packets than the library's 64.
        rtp.setSendReplayEnabled(false);
        contexts = new SrtpContextFactory(
                true, keys.sendKey(), keys.sendSalt(), rtp, profile.policy(), SilentLogger.INSTANCE);
    }

    int protectRtp(byte[] buffer, int offset, int length) {
        if (length < SrtpSession.RTP_HEADER_LENGTH || (buffer[offset] & 0xC0) != 0x80) {
            return SrtpSession.MALFORMED;
        }
        if (buffer.length - offset - length < profile.rtpOverhead()) {
            return SrtpSession.FAILED;
        }
        int ssrc = SrtpSession.readInt(buffer, offset + 8);
        Stream stream = streams.get(ssrc);
        if (stream == null) {
            stream = begin(ssrc);
        }
        SrtpCryptoContext context = stream.context;
        if (context == null) {
            return SrtpSession.FAILED;
        }
        long index = stream.window.indexOf(SrtpSession.sequenceNumber(buffer, offset), 0);
        if (!stream.window.isFresh(index)) {
            return SrtpSession.REPLAYED;
        }
        stream.window.accept(index);
        packet.wrap(buffer, offset, length);
        try {
            return result(context.transformPacket(packet), length + profile.rtpOverhead());
        } catch (GeneralSecurityException | RuntimeException _) {
            return SrtpSession.FAILED;
        }
    }

    int protectRtcp(byte[] buffer, int offset, int length) {
        if (length < SrtpSession.RTCP_HEADER_LENGTH || (buffer[offset] & 0xC0) != 0x80) {
            return SrtpSession.MALFORMED;
        }
        if (buffer.length - offset - length < profile.rtcpOverhead()) {
            return SrtpSession.FAILED;
        }
        int ssrc = SrtpSession.readInt(buffer, offset + 4);
        try {
            Reporter reporter = reporters.get(ssrc);
            if (reporter == null) {
                reporter = new Reporter(contexts.deriveControlContext(ssrc));
                reporters.put(ssrc, reporter);
            }
            SrtcpCryptoContext context = reporter.context;
            if (context == null) {
                return SrtpSession.FAILED;
            }
            packet.wrap(buffer, offset, length);
            return result(context.transformPacket(packet), length + profile.rtcpOverhead());
        } catch (GeneralSecurityException | RuntimeException _) {
            return SrtpSession.FAILED;
        }
    }

    void retire(int ssrc) {
        streams.put(ssrc, Stream.RETIRED);
        reporters.put(ssrc, Reporter.RETIRED);
    }

    private Stream begin(int ssrc) {
        Stream stream;
        try {
            stream = new Stream(contexts.deriveContext(ssrc, 0));
        } catch (GeneralSecurityException | RuntimeException _) {
            return Stream.RETIRED;
        }
        streams.put(ssrc, stream);
        return stream;
    }

    /** The library reports success even where its GCM cipher failed and left the packet in clear: the length tells. */
    private int result(SrtpErrorStatus status, int expectedLength) {
        return status == SrtpErrorStatus.OK && packet.getLength() == expectedLength
                ? expectedLength
                : SrtpSession.FAILED;
    }

    private static final class Stream {
        static final Stream RETIRED = new Stream(null);

        final @Nullable SrtpCryptoContext context;
        final ReplayWindow window = new ReplayWindow();

        Stream(@Nullable SrtpCryptoContext context) {
            this.context = context;
        }
    }

    private record Reporter(@Nullable SrtcpCryptoContext context) {
        static final Reporter RETIRED = new Reporter(null);
    }
}
