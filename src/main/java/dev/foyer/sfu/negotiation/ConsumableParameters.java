package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds a producer's parameters in the router's numbers, as consumers see them. */
final class ConsumableParameters {
    private ConsumableParameters() {}

    static RtpParameters of(
            MediaKind kind,
            RtpParameters producer,
            RtpCapabilities router,
            List<RtpCodecParameters> codecs,
            List<ProducerMapping.Encoding> mapped,
            String cname) {
        List<RtpEncodingParameters> encodings = new ArrayList<>();
        for (int i = 0; i < mapped.size(); i++) {
            RtpEncodingParameters encoding = producer.encodings().get(i);
            encodings.add(new RtpEncodingParameters(
                    mapped.get(i).mappedSsrc(),
                    null,
                    null,
                    null,
                    encoding.dtx(),
                    encoding.scalabilityMode(),
                    encoding.maxBitrate()));
        }
        return new RtpParameters(
                null,
                codecs,
                headerExtensions(kind, router.headerExtensions()),
                encodings,
                new RtcpParameters(cname, true),
                producer.msid());
    }

    /** All that the router may send, whether or not the producer sends it: MID and send times are the router's own. */
    private static List<RtpHeaderExtensionParameters> headerExtensions(
            MediaKind kind, List<RtpHeaderExtension> extensions) {
        List<RtpHeaderExtensionParameters> sent = new ArrayList<>();
        for (RtpHeaderExtension extension : extensions) {
            String direction = extension.direction();
            if (extension.kind() == kind && (direction.equals("sendrecv") || direction.equals("sendonly"))) {
                sent.add(new RtpHeaderExtensionParameters(
                        extension.uri(), extension.preferredId(), extension.preferredEncrypt(), Map.of()));
            }
        }
        return sent;
    }
}
