package dev.foyer.sfu;

import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.rtp.HeaderExtensionTable;
import dev.foyer.protocol.rtp.RtpHeaderExtensionUri;
import dev.foyer.sfu.stream.RtpSenderSettings;
import java.util.Locale;
import java.util.Map;

/** Works out, once for a consumer, how the producer's packets become the consumer's. */
final class SenderNegotiation {
    private SenderNegotiation() {}

    /**
     * @param parameters the consumer's, as agreed with the client
     */
    static RtpSenderSettings settings(Producer producer, RtpParameters parameters) {
        RtpCodecParameters codec = parameters.codecs().getFirst();
        RtpEncodingParameters encoding = parameters.encodings().getFirst();
        Long ssrc = encoding.ssrc();
        RtpEncodingParameters.Rtx rtx = encoding.rtx();
        int rtxPayloadType = rtxPayloadType(parameters, codec.payloadType());
        String cname = parameters.rtcp().cname();
        return new RtpSenderSettings(
                ssrc == null ? Consumer.NO_SSRC : ssrc,
                codec.payloadType(),
                codec.mimeType(),
                codec.clockRate(),
                cname == null ? "" : cname,
                extensions(producer, parameters),
                extensionId(producer, RtpHeaderExtensionUri.DEPENDENCY_DESCRIPTOR),
                codec.rtcpFeedback().contains(new RtcpFeedback("nack", "")),
                rtx == null || rtxPayloadType < 0 ? Consumer.NO_SSRC : rtx.ssrc(),
                Math.max(0, rtxPayloadType));
    }

    /** The producer's payload type behind one of the router's, or -1. */
    static int sourcePayloadType(Producer producer, int routerPayloadType) {
        for (Map.Entry<Integer, Integer> mapped :
                producer.negotiated().mapping().payloadTypes().entrySet()) {
            if (mapped.getValue() == routerPayloadType) {
                return mapped.getKey();
            }
        }
        return -1;
    }

    private static int rtxPayloadType(RtpParameters parameters, int mediaPayloadType) {
        for (RtpCodecParameters codec : parameters.codecs()) {
            if (codec.mimeType().toLowerCase(Locale.ROOT).endsWith("/rtx")
                    && codec.parameters().get("apt") instanceof Number apt
                    && apt.intValue() == mediaPayloadType) {
                return codec.payloadType();
            }
        }
        return -1;
    }

    private static HeaderExtensionTable extensions(Producer producer, RtpParameters parameters) {
        HeaderExtensionTable table = new HeaderExtensionTable();
        String mid = parameters.mid();
        for (RtpHeaderExtensionParameters extension : parameters.headerExtensions()) {
            switch (extension.uri()) {
                case RtpHeaderExtensionUri.MID -> {
                    if (mid != null) {
                        table.mid(extension.id(), mid);
                    }
                }
                case RtpHeaderExtensionUri.ABS_SEND_TIME -> table.absSendTime(extension.id());
                case RtpHeaderExtensionUri.TRANSPORT_WIDE_CC -> table.transportWideSequence(extension.id());
                // They name the producer's encodings, of which the client sees one.
                case RtpHeaderExtensionUri.RID, RtpHeaderExtensionUri.REPAIRED_RID -> {}
                case RtpHeaderExtensionUri.DEPENDENCY_DESCRIPTOR -> {
                    int from = extensionId(producer, extension.uri());
                    if (from != 0) {
                        table.mapDependencyDescriptor(from, extension.id());
                    }
                }
                default -> {
                    int from = extensionId(producer, extension.uri());
                    if (from != 0) {
                        table.map(from, extension.id());
                    }
                }
            }
        }
        return table;
    }

    /** The producer's id of a header extension, 0 without it. */
    private static int extensionId(Producer producer, String uri) {
        for (RtpHeaderExtensionParameters extension : producer.rtpParameters().headerExtensions()) {
            if (extension.uri().equals(uri)) {
                return extension.id();
            }
        }
        return 0;
    }
}
