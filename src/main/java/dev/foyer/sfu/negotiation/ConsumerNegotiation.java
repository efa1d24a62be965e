package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Agrees with a client on how it receives a producer. */
public final class ConsumerNegotiation {
    static final long NO_SSRC = 0;

    private ConsumerNegotiation() {}

    /**
     * Whether capabilities can receive a producer.
     *
     * @param consumable the producer's, from {@link ProducerNegotiation}
     * @param remote the client's; need not be checked before, invalid ones can receive nothing
     */
    public static boolean canConsume(RtpParameters consumable, RtpCapabilities remote) {
        try {
            RtpCapabilities valid = CapabilitiesValidator.validate(remote);
            List<RtpCodecParameters> codecs = codecs(consumable.codecs(), valid.codecs(), false);
            return !codecs.isEmpty();
        } catch (NegotiationException _) {
            return false;
        }
    }

    /**
     * The parameters with which the router sends to one client: one encoding with a new ssrc, the codecs, feedback and
     * header extensions that the client has in common with the router, in the router's numbers.
     *
     * @param consumable the producer's, from {@link ProducerNegotiation}
     * @param remote the client's capabilities, not yet checked
     * @param retransmission whether the router answers NACK; for audio mediasoup says no unless asked. Video then has
     *     RTX with its own ssrc if the client has it too, audio repeats the packet as it was
     * @param mid the media id that the client's transport gives the stream, or null
     * @param random draws the ssrc; the RTX ssrc is the next number. That both are new to the transport is for the
     *     caller to see
     * @throws NegotiationException when the capabilities are invalid or have no codec of the producer's
     */
    public static RtpParameters consumer(
            RtpParameters consumable,
            RtpCapabilities remote,
            boolean retransmission,
            @Nullable String mid,
            RandomGenerator random)
            throws NegotiationException {
        RtpCapabilities valid = CapabilitiesValidator.validate(remote);
        List<RtpCodecParameters> codecs = codecs(consumable.codecs(), valid.codecs(), retransmission);
        if (codecs.isEmpty()) {
            throw NegotiationException.unsupported("no codec in common");
        }
        List<RtpHeaderExtensionParameters> extensions = new ArrayList<>();
        for (RtpHeaderExtensionParameters extension : consumable.headerExtensions()) {
            // Not by kind: mediasoup-client lists an extension that audio and video share only once.
            if (valid.headerExtensions().stream()
                    .anyMatch(known ->
                            known.preferredId() == extension.id() && known.uri().equals(extension.uri()))) {
                extensions.add(extension);
            }
        }
        boolean rtx = codecs.stream().anyMatch(codec -> Codec.isRtx(codec.mimeType()));
        long ssrc = Ssrcs.draw(random);
        return new RtpParameters(
                mid,
                BandwidthFeedback.choose(codecs, extensions),
                extensions,
                List.of(encoding(consumable.encodings(), ssrc, rtx ? ssrc + 1 : NO_SSRC)),
                consumable.rtcp(),
                consumable.msid());
    }

    /** Media codecs in common, each followed by its RTX if both sides have it; empty when there are none. */
    private static List<RtpCodecParameters> codecs(
            List<RtpCodecParameters> consumable, List<RtpCodecCapability> remote, boolean retransmission) {
        List<RtpCodecParameters> common = new ArrayList<>();
        boolean followed = false;
        for (RtpCodecParameters codec : consumable) {
            if (Codec.isRtx(codec.mimeType())) {
                // Stands right behind its media codec, as ProducerNegotiation writes it.
                if (followed) {
                    common.add(codec);
                }
                followed = false;
                continue;
            }
            RtpCodecCapability match = matching(codec, remote);
            followed = match != null && retransmission && hasRtx(match, remote);
            if (match != null) {
                common.add(new RtpCodecParameters(
                        codec.mimeType(),
                        codec.payloadType(),
                        codec.clockRate(),
                        codec.channels(),
                        codec.parameters(),
                        feedback(codec.rtcpFeedback(), match.rtcpFeedback(), retransmission)));
            }
        }
        return common;
    }

    private static @Nullable RtpCodecCapability matching(RtpCodecParameters codec, List<RtpCodecCapability> remote) {
        for (RtpCodecCapability capability : remote) {
            if (Codec.of(codec).matches(Codec.of(capability))
                    && (!Red.is(codec.mimeType()) || Red.isUsable(capability, remote))) {
                return capability;
            }
        }
        return null;
    }

    private static boolean hasRtx(RtpCodecCapability media, List<RtpCodecCapability> remote) {
        Integer payloadType = media.preferredPayloadType();
        return remote.stream()
                .anyMatch(codec -> Codec.isRtx(codec.mimeType())
                        && (payloadType == null
                                || FormatParameters.integer(codec.parameters(), FormatParameters.APT, -1)
                                        == payloadType));
    }

    private static List<RtcpFeedback> feedback(
            List<RtcpFeedback> routers, List<RtcpFeedback> remotes, boolean retransmission) {
        List<RtcpFeedback> common = new ArrayList<>();
        for (RtcpFeedback message : routers) {
            boolean plainNack =
                    message.type().equals("nack") && message.parameter().isEmpty();
            if (remotes.contains(message) && (retransmission || !plainNack)) {
                common.add(message);
            }
        }
        return common;
    }

    /**
     * One encoding for all of the producer's. Simulcast looks to the client like one encoding with as many spatial
     * layers as there are encodings.
     *
     * @param rtxSsrc of retransmissions, or {@link #NO_SSRC}
     */
    static RtpEncodingParameters encoding(List<RtpEncodingParameters> encodings, long ssrc, long rtxSsrc) {
        String scalabilityMode = null;
        int maxBitrate = 0;
        for (RtpEncodingParameters encoding : encodings) {
            if (scalabilityMode == null) {
                scalabilityMode = encoding.scalabilityMode();
            }
            if (encoding.maxBitrate() != null) {
                maxBitrate = Math.max(maxBitrate, encoding.maxBitrate());
            }
        }
        if (encodings.size() > 1) {
            int temporalLayers = ScalabilityMode.parse(scalabilityMode).temporalLayers();
            scalabilityMode = "L" + encodings.size() + "T" + temporalLayers;
        }
        return new RtpEncodingParameters(
                ssrc,
                null,
                null,
                rtxSsrc == NO_SSRC ? null : new RtpEncodingParameters.Rtx(rtxSsrc),
                false,
                scalabilityMode,
                maxBitrate == 0 ? null : maxBitrate);
    }
}
