package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * How a producer is sent on a section of a peer connection.
 *
 * @param rtpParameters in the section's numbers: the codec that the producer sends, with RTX if the section has it
 * @param routerPayloadType the same codec's payload type in the router's numbers
 */
public record SectionSending(RtpParameters rtpParameters, int routerPayloadType) {

    /**
     * Agrees on how a producer is sent on a section.
     *
     * @param consumable the producer's, from {@link ProducerNegotiation}
     * @param section the section's capabilities, from {@link RemoteSection#capabilities()}
     * @param mid the section's mid
     * @param track the ssrcs and names under which the section sends
     * @throws NegotiationException {@link NegotiationError#UNSUPPORTED} when the section has no codec of the producer's
     */
    public static SectionSending of(RtpParameters consumable, RtpCapabilities section, String mid, LocalTrack track)
            throws NegotiationException {
        for (RtpCodecParameters codec : consumable.codecs()) {
            for (RtpCodecCapability known : section.codecs()) {
                if (!Codec.isRtx(codec.mimeType()) && Codec.of(codec).matches(Codec.of(known))) {
                    return new SectionSending(
                            parameters(consumable, codec, known, section, mid, track), codec.payloadType());
                }
            }
        }
        throw NegotiationException.unsupported("no codec in common");
    }

    private static RtpParameters parameters(
            RtpParameters consumable,
            RtpCodecParameters codec,
            RtpCodecCapability known,
            RtpCapabilities section,
            String mid,
            LocalTrack track) {
        List<RtpCodecParameters> codecs = new ArrayList<>();
        codecs.add(new RtpCodecParameters(
                codec.mimeType(),
                SectionCodecs.payloadType(known),
                codec.clockRate(),
                codec.channels(),
                codec.parameters(),
                feedback(codec, known)));
        RtpCodecCapability rtx = track.rtxSsrc() == 0 ? null : SectionCodecs.rtxFor(known, section.codecs());
        if (rtx != null) {
            codecs.add(SectionCodecs.inUse(rtx));
        }
        List<RtpHeaderExtensionParameters> extensions = extensions(consumable, section);
        RtpEncodingParameters encoding =
                ConsumerNegotiation.encoding(consumable.encodings(), track.ssrc(), rtx == null ? 0 : track.rtxSsrc());
        return new RtpParameters(
                mid,
                BandwidthFeedback.choose(codecs, extensions),
                extensions,
                List.of(encoding),
                new RtcpParameters(track.cname(), true),
                track.streamId() + " " + track.trackId());
    }

    private static List<RtcpFeedback> feedback(RtpCodecParameters codec, RtpCodecCapability known) {
        return codec.rtcpFeedback().stream()
                .filter(known.rtcpFeedback()::contains)
                .toList();
    }

    private static List<RtpHeaderExtensionParameters> extensions(RtpParameters consumable, RtpCapabilities section) {
        List<RtpHeaderExtensionParameters> extensions = new ArrayList<>();
        for (RtpHeaderExtensionParameters extension : consumable.headerExtensions()) {
            for (RtpHeaderExtension known : section.headerExtensions()) {
                if (known.uri().equals(extension.uri()) && !known.direction().equals("recvonly")) {
                    extensions.add(new RtpHeaderExtensionParameters(
                            known.uri(), known.preferredId(), extension.encrypt(), extension.parameters()));
                }
            }
        }
        return extensions;
    }
}
