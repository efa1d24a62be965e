package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtpCodecCapability;
import java.util.List;
import java.util.Map;

/**
 * Redundant audio (RFC 2198). Its packets carry the payload types of the blocks inside them, and its format parameters
 * list those as {@code 111/111}, a name without a value. So it is bound to the numbering of the Opus beside it.
 */
final class Red {
    private static final String MIME_TYPE = "audio/red";
    private static final String OPUS = "audio/opus";

    private Red() {}

    static boolean is(String mimeType) {
        return mimeType.equalsIgnoreCase(MIME_TYPE);
    }

    static boolean isOpus(String mimeType) {
        return mimeType.equalsIgnoreCase(OPUS);
    }

    /** Format parameters for one redundant block beside the current one. */
    static Map<String, Object> parameters(int opusPayloadType) {
        return Map.of(opusPayloadType + "/" + opusPayloadType, "");
    }

    /**
     * Whether RED among capabilities speaks of the Opus among the same capabilities. mediasoup-client's does not: it
     * lists Opus by the router's payload type beside RED with the browser's own parameters, and cannot write
     * parameters without a value into the SDP, so that the browser then refuses RED.
     */
    static boolean isUsable(RtpCodecCapability red, List<RtpCodecCapability> capabilities) {
        for (RtpCodecCapability codec : capabilities) {
            Integer opus = codec.preferredPayloadType();
            if (isOpus(codec.mimeType()) && opus != null) {
                return red.parameters().keySet().equals(parameters(opus).keySet());
            }
        }
        return false;
    }
}
