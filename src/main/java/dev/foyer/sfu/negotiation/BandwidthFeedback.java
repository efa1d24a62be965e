package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import java.util.ArrayList;
import java.util.List;

/** Leaves one way of bandwidth estimation: transport-wide feedback, else REMB, else none. */
final class BandwidthFeedback {
    private static final String TRANSPORT_CC = "transport-cc";
    private static final String GOOG_REMB = "goog-remb";

    private BandwidthFeedback() {}

    /** Each way needs its header extension: transport-wide sequence numbers or absolute send times. */
    static List<RtpCodecParameters> choose(
            List<RtpCodecParameters> codecs, List<RtpHeaderExtensionParameters> extensions) {
        boolean transportCc = has(extensions, RouterHeaderExtension.TRANSPORT_WIDE_CC);
        boolean remb = !transportCc && has(extensions, RouterHeaderExtension.ABS_SEND_TIME);
        List<RtpCodecParameters> chosen = new ArrayList<>();
        for (RtpCodecParameters codec : codecs) {
            List<RtcpFeedback> feedback = codec.rtcpFeedback().stream()
                    .filter(message -> switch (message.type()) {
                        case TRANSPORT_CC -> transportCc;
                        case GOOG_REMB -> remb;
                        default -> true;
                    })
                    .toList();
            chosen.add(withFeedback(codec, feedback));
        }
        return chosen;
    }

    static RtpCodecParameters withFeedback(RtpCodecParameters codec, List<RtcpFeedback> feedback) {
        return new RtpCodecParameters(
                codec.mimeType(),
                codec.payloadType(),
                codec.clockRate(),
                codec.channels(),
                codec.parameters(),
                feedback);
    }

    private static boolean has(List<RtpHeaderExtensionParameters> extensions, RouterHeaderExtension wanted) {
        return extensions.stream().anyMatch(extension -> extension.uri().equals(wanted.uri()));
    }
}
