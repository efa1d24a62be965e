package dev.foyer.sfu;

import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.ReceiverEstimatedMaximumBitrate;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.RtpHeaderExtensionUri;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.sfu.congestion.TransportFeedbackGenerator;

/**
 * Tells a sending client how its packets arrive, so that it can estimate its uplink: transport-wide feedback where that
 * was negotiated, else a REMB that sets no limit of its own.
 */
@HotPath
final class CongestionFeedback {
    private static final RtcpFeedback TRANSPORT_CC = new RtcpFeedback("transport-cc", "");
    private static final RtcpFeedback GOOG_REMB = new RtcpFeedback("goog-remb", "");

    private static final long REMB_INTERVAL_NANOS = 1_000_000_000L;
    private static final long REMB_BPS = 20_000_000L;
    private static final int MAX_REMB_SSRCS = 31;

    private final SfuEnvironment environment;
    private final RtpSessionOutput output;
    private final long ssrc;
    private final TransportFeedbackGenerator generator = new TransportFeedbackGenerator();
    private final long[] mediaSsrcs = new long[MAX_REMB_SSRCS];
    private int transportWideId;
    private boolean remb;
    private int mediaSsrcCount;
    private long mediaSsrc;
    private long nextRembNanos;

    CongestionFeedback(SfuEnvironment environment, RtpSessionOutput output, long ssrc) {
        this.environment = environment;
        this.output = output;
        this.ssrc = ssrc;
    }

    /** Learns from a producer's parameters what its client understands. */
    void negotiate(RtpParameters parameters) {
        boolean transportCc = false;
        for (RtpCodecParameters codec : parameters.codecs()) {
            transportCc |= codec.rtcpFeedback().contains(TRANSPORT_CC);
            remb |= codec.rtcpFeedback().contains(GOOG_REMB);
        }
        for (RtpHeaderExtensionParameters extension : parameters.headerExtensions()) {
            if (extension.uri().equals(RtpHeaderExtensionUri.TRANSPORT_WIDE_CC) && transportCc) {
                transportWideId = extension.id();
            }
        }
    }

    /** Notes the arrival of a packet. */
    void received(RtpPacket packet, long nowNanos) {
        if (transportWideId != 0) {
            HeaderExtensionReader extensions = packet.extensions();
            if (extensions.find(transportWideId) && extensions.length() >= 2) {
                mediaSsrc = packet.ssrc();
                generator.record(extensions.u16(), nowNanos);
            }
        } else if (remb) {
            remember(packet.ssrc());
        }
    }

    private void remember(long newSsrc) {
        for (int i = 0; i < mediaSsrcCount; i++) {
            if (mediaSsrcs[i] == newSsrc) {
                return;
            }
        }
        if (mediaSsrcCount < MAX_REMB_SSRCS) {
            mediaSsrcs[mediaSsrcCount++] = newSsrc;
        }
    }

    /** Sends the feedback that is due. */
    void tick(long nowNanos) {
        byte[] buffer = environment.control;
        if (generator.nextDueNanos() <= nowNanos) {
            int length = generator.write(buffer, 0, ssrc, mediaSsrc, nowNanos);
            while (length > 0) {
                output.sendRtcp(buffer, 0, length);
                length = generator.write(buffer, 0, ssrc, mediaSsrc, nowNanos);
            }
        }
        if (transportWideId == 0 && mediaSsrcCount > 0 && nowNanos - nextRembNanos >= 0) {
            nextRembNanos = nowNanos + REMB_INTERVAL_NANOS;
            output.sendRtcp(
                    buffer,
                    0,
                    ReceiverEstimatedMaximumBitrate.write(buffer, 0, ssrc, REMB_BPS, mediaSsrcs, mediaSsrcCount));
        }
    }
}
