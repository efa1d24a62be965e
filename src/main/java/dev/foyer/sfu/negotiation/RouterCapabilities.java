package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Builds what a router can receive, with the payload types and extension ids that hold throughout the router. */
public final class RouterCapabilities {
    private static final int FIRST_PAYLOAD_TYPE = 100;
    private static final int LAST_PAYLOAD_TYPE = 127;
    private static final int FIRST_OVERFLOW_PAYLOAD_TYPE = 96;

    private static final RtpCapabilities DEFAULTS;

    static {
        try {
            DEFAULTS = of(SupportedCodecs.defaults());
        } catch (NegotiationException e) {
            throw new IllegalStateException(e);
        }
    }

    private final List<RtpCodecCapability> codecs = new ArrayList<>();
    private final Set<Integer> usedPayloadTypes = new HashSet<>();

    private RouterCapabilities() {}

    /** The capabilities of a router with {@linkplain SupportedCodecs#defaults() the default codecs}. */
    public static RtpCapabilities defaults() {
        return DEFAULTS;
    }

    /**
     * The capabilities of a router with the given media codecs, in their order. Each video codec gets a
     * retransmission codec (RFC 4588); payload types not given are taken from 100 upwards, then from 96. Feedback is
     * that of the supported codec, whatever the given one says.
     *
     * @param mediaCodecs without RTX
     * @throws NegotiationException when a codec is not supported, or payload types collide or run out
     */
    public static RtpCapabilities of(List<RtpCodecCapability> mediaCodecs) throws NegotiationException {
        RouterCapabilities router = new RouterCapabilities();
        for (RtpCodecCapability codec : mediaCodecs) {
            Integer payloadType = codec.preferredPayloadType();
            if (payloadType != null && !router.usedPayloadTypes.add(payloadType)) {
                throw NegotiationException.invalid("payload type " + payloadType + " given twice");
            }
        }
        for (RtpCodecCapability codec : mediaCodecs) {
            router.add(CodecValidator.validate(codec));
        }
        return new RtpCapabilities(router.codecs, RouterHeaderExtension.capabilities());
    }

    private void add(RtpCodecCapability wanted) throws NegotiationException {
        RtpCodecCapability supported = SupportedCodecs.find(Codec.of(wanted));
        if (supported == null) {
            throw NegotiationException.unsupported("media codec not supported: " + wanted.mimeType());
        }
        int payloadType = payloadType(wanted, supported);
        Map<String, Object> parameters = new TreeMap<>(supported.parameters());
        parameters.putAll(wanted.parameters());
        codecs.add(new RtpCodecCapability(
                supported.kind(),
                supported.mimeType(),
                payloadType,
                supported.clockRate(),
                supported.channels(),
                parameters,
                supported.rtcpFeedback()));
        if (supported.kind() == MediaKind.VIDEO) {
            codecs.add(new RtpCodecCapability(
                    MediaKind.VIDEO,
                    "video/rtx",
                    freePayloadType(),
                    supported.clockRate(),
                    null,
                    Map.of(FormatParameters.APT, payloadType),
                    List.of()));
        }
    }

    private int payloadType(RtpCodecCapability wanted, RtpCodecCapability supported) throws NegotiationException {
        Integer chosen = wanted.preferredPayloadType();
        if (chosen != null) {
            return chosen;
        }
        Integer usual = supported.preferredPayloadType();
        return usual != null && usedPayloadTypes.add(usual) ? usual : freePayloadType();
    }

    private int freePayloadType() throws NegotiationException {
        for (int payloadType = FIRST_PAYLOAD_TYPE; payloadType <= LAST_PAYLOAD_TYPE; payloadType++) {
            if (usedPayloadTypes.add(payloadType)) {
                return payloadType;
            }
        }
        for (int payloadType = FIRST_OVERFLOW_PAYLOAD_TYPE; payloadType < FIRST_PAYLOAD_TYPE; payloadType++) {
            if (usedPayloadTypes.add(payloadType)) {
                return payloadType;
            }
        }
        throw NegotiationException.invalid("more codecs than dynamic payload types");
    }
}
