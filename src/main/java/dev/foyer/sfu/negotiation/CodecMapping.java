package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs a producer's codecs with the router's. */
final class CodecMapping {
    /** A media codec of the producer and the one of the router that it became. */
    private record Pair(RtpCodecParameters codec, RtpCodecCapability capability) {}

    private final List<Pair> media = new ArrayList<>();
    private final Map<Integer, Integer> payloadTypes = new LinkedHashMap<>();

    private CodecMapping() {}

    /**
     * @param codecs validated
     * @param capabilities the router's; each has a payload type
     * @throws NegotiationException when the router lacks one of the codecs
     */
    static CodecMapping of(List<RtpCodecParameters> codecs, List<RtpCodecCapability> capabilities)
            throws NegotiationException {
        CodecMapping mapping = new CodecMapping();
        for (RtpCodecParameters codec : codecs) {
            if (!Codec.isRtx(codec.mimeType())) {
                RtpCodecCapability capability = matching(Codec.of(codec), capabilities);
                if (capability == null) {
                    throw unsupported(codec);
                }
                mapping.media.add(new Pair(codec, capability));
                mapping.payloadTypes.put(codec.payloadType(), payloadType(capability));
            }
        }
        for (RtpCodecParameters codec : codecs) {
            if (Codec.isRtx(codec.mimeType())) {
                int apt = FormatParameters.integer(codec.parameters(), FormatParameters.APT, -1);
                Integer mapped = mapping.payloadTypes.get(apt);
                RtpCodecCapability rtx = mapped == null ? null : rtxFor(mapped, capabilities);
                if (rtx == null) {
                    throw unsupported(codec);
                }
                mapping.payloadTypes.put(codec.payloadType(), payloadType(rtx));
            }
        }
        return mapping;
    }

    /** The producer's payload types, media and RTX, to the router's. */
    Map<Integer, Integer> payloadTypes() {
        return payloadTypes;
    }

    /**
     * The codecs to consume: the router's payload types, with RTX wherever the router has it, whether or not the
     * producer uses it, since a consumer's retransmissions are the router's own.
     */
    List<RtpCodecParameters> consumable(List<RtpCodecCapability> capabilities) {
        List<RtpCodecParameters> codecs = new ArrayList<>();
        for (Pair pair : media) {
            RtpCodecCapability capability = pair.capability();
            codecs.add(new RtpCodecParameters(
                    capability.mimeType(),
                    payloadType(capability),
                    capability.clockRate(),
                    capability.channels(),
                    parameters(pair),
                    capability.rtcpFeedback()));
            RtpCodecCapability rtx = rtxFor(payloadType(capability), capabilities);
            if (rtx != null) {
                codecs.add(new RtpCodecParameters(
                        rtx.mimeType(),
                        payloadType(rtx),
                        rtx.clockRate(),
                        rtx.channels(),
                        rtx.parameters(),
                        rtx.rtcpFeedback()));
            }
        }
        return codecs;
    }

    /** RED names the payload types of its blocks (RFC 2198 section 5), so they are renamed with the rest. */
    private Map<String, Object> parameters(Pair pair) {
        if (!Red.is(pair.codec().mimeType())) {
            return Codec.of(pair.codec()).parametersAgreedWith(Codec.of(pair.capability()));
        }
        for (Pair other : media) {
            if (Red.isOpus(other.codec().mimeType())) {
                return Red.parameters(payloadType(other.capability()));
            }
        }
        return Map.of();
    }

    private static @Nullable RtpCodecCapability matching(Codec codec, List<RtpCodecCapability> capabilities) {
        for (RtpCodecCapability capability : capabilities) {
            if (codec.matches(Codec.of(capability))) {
                return capability;
            }
        }
        return null;
    }

    private static @Nullable RtpCodecCapability rtxFor(int payloadType, List<RtpCodecCapability> capabilities) {
        for (RtpCodecCapability capability : capabilities) {
            if (Codec.isRtx(capability.mimeType())
                    && FormatParameters.integer(capability.parameters(), FormatParameters.APT, -1) == payloadType) {
                return capability;
            }
        }
        return null;
    }

    private static int payloadType(RtpCodecCapability capability) {
        Integer payloadType = capability.preferredPayloadType();
        if (payloadType == null) {
            throw new IllegalArgumentException("a router's codec has no payload type: " + capability.mimeType());
        }
        return payloadType;
    }

    private static NegotiationException unsupported(RtpCodecParameters codec) {
        return NegotiationException.unsupported(
                "unsupported codec " + codec.mimeType() + ", payload type " + codec.payloadType());
    }
}
