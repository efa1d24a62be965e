package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpHeaderExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks RTP capabilities that came from a client. */
public final class CapabilitiesValidator {
    private static final Set<String> DIRECTIONS = Set.of("sendrecv", "sendonly", "recvonly", "inactive");
    private static final int MAX_ID = 255;

    private CapabilitiesValidator() {}

    /**
     * Checks capabilities and returns them with missing members filled: the kind is that of the MIME type, audio has
     * one channel, video none. At most 128 codecs and 64 header extensions.
     *
     * @throws NegotiationException {@link NegotiationError#INVALID} when a member is missing, malformed or out of
     *     bounds, or a payload type appears twice
     */
    public static RtpCapabilities validate(RtpCapabilities capabilities) throws NegotiationException {
        Bounds.size(capabilities.codecs(), Bounds.MAX_CODECS, "codecs");
        Bounds.size(capabilities.headerExtensions(), Bounds.MAX_HEADER_EXTENSIONS, "headerExtensions");
        Bounds.Distinct payloadTypes = new Bounds.Distinct("preferredPayloadType");
        List<RtpCodecCapability> codecs = new ArrayList<>();
        for (RtpCodecCapability codec : capabilities.codecs()) {
            if (codec.preferredPayloadType() != null) {
                payloadTypes.add(codec.preferredPayloadType());
            }
            codecs.add(CodecValidator.validate(codec));
        }
        for (RtpHeaderExtension extension : capabilities.headerExtensions()) {
            Bounds.require(extension.kind() != null, "missing header extension kind");
            Bounds.token(extension.uri(), 256, "header extension uri");
            Bounds.require(
                    extension.preferredId() > 0 && extension.preferredId() <= MAX_ID,
                    "invalid header extension preferredId " + extension.preferredId());
            Bounds.require(DIRECTIONS.contains(extension.direction()), "invalid header extension direction");
        }
        return new RtpCapabilities(codecs, capabilities.headerExtensions());
    }
}
