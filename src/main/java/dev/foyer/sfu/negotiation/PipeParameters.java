package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Builds the parameters of a consumer that carries a producer whole to another router. */
public final class PipeParameters {
    private static final Set<String> OF_THE_TRANSPORT = Set.of(
            RouterHeaderExtension.MID.uri(),
            RouterHeaderExtension.ABS_SEND_TIME.uri(),
            RouterHeaderExtension.TRANSPORT_WIDE_CC.uri());

    private PipeParameters() {}

    /**
     * All encodings with new ssrcs, all codecs, and neither MID nor bandwidth estimation: both routers are ours.
     *
     * @param consumable the producer's, from {@link ProducerNegotiation}
     * @param retransmission whether the pipe repairs loss by NACK and RTX; needless inside one process
     * @param random draws the first ssrc; the others and then those of RTX follow in order
     */
    public static RtpParameters of(RtpParameters consumable, boolean retransmission, RandomGenerator random) {
        List<RtpCodecParameters> codecs = new ArrayList<>();
        boolean hasRtx = false;
        for (RtpCodecParameters codec : consumable.codecs()) {
            boolean rtx = Codec.isRtx(codec.mimeType());
            if (!rtx || retransmission) {
                hasRtx |= rtx;
                codecs.add(BandwidthFeedback.withFeedback(codec, feedback(codec.rtcpFeedback(), retransmission)));
            }
        }
        List<RtpHeaderExtensionParameters> extensions = consumable.headerExtensions().stream()
                .filter(extension -> !OF_THE_TRANSPORT.contains(extension.uri()))
                .toList();
        List<RtpEncodingParameters> encodings = new ArrayList<>();
        long ssrc = Ssrcs.draw(random);
        long rtxSsrc = ssrc + consumable.encodings().size();
        for (RtpEncodingParameters encoding : consumable.encodings()) {
            encodings.add(new RtpEncodingParameters(
                    ssrc++,
                    null,
                    null,
                    hasRtx ? new RtpEncodingParameters.Rtx(rtxSsrc++) : null,
                    encoding.dtx(),
                    encoding.scalabilityMode(),
                    encoding.maxBitrate()));
        }
        return new RtpParameters(null, codecs, extensions, encodings, consumable.rtcp(), consumable.msid());
    }

    private static List<RtcpFeedback> feedback(List<RtcpFeedback> given, boolean retransmission) {
        return given.stream()
                .filter(message -> switch (message.type()) {
                    case "nack" -> retransmission || message.parameter().equals("pli");
                    case "ccm" -> message.parameter().equals("fir");
                    default -> false;
                })
                .toList();
    }
}
