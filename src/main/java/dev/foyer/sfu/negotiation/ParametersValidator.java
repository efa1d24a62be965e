package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks RTP parameters with which a client wants to send. */
public final class ParametersValidator {
    private static final int MAX_ID = 255;

    private ParametersValidator() {}

    /**
     * Checks parameters and returns them with missing members filled. A media codec comes first, each RTX codec names
     * a media codec beside it, RED comes with Opus (whose payload types it carries inside), and each encoding can be
     * recognised: by ssrc or rid, or by mid when it is the only one. At most 8 encodings.
     *
     * @throws NegotiationException {@link NegotiationError#INVALID} when a member is missing, malformed, out of bounds
     *     or of another kind, or when a payload type, extension id, ssrc or rid appears twice
     */
    public static RtpParameters validate(MediaKind kind, RtpParameters parameters) throws NegotiationException {
        Bounds.optionalToken(parameters.mid(), 32, "mid");
        Bounds.optionalToken(parameters.rtcp().cname(), 255, "cname");
        Bounds.optionalToken(parameters.msid(), 256, "msid");
        List<RtpCodecParameters> codecs = codecs(kind, parameters.codecs());
        headerExtensions(parameters.headerExtensions());
        encodings(parameters, codecs);
        return new RtpParameters(
                parameters.mid(),
                codecs,
                parameters.headerExtensions(),
                parameters.encodings(),
                parameters.rtcp(),
                parameters.msid());
    }

    private static List<RtpCodecParameters> codecs(MediaKind kind, List<RtpCodecParameters> given)
            throws NegotiationException {
        Bounds.require(!given.isEmpty(), "missing codecs");
        Bounds.size(given, Bounds.MAX_CODECS, "codecs");
        Bounds.Distinct payloadTypes = new Bounds.Distinct("payload type");
        Set<Integer> mediaPayloadTypes = new HashSet<>();
        List<RtpCodecParameters> codecs = new ArrayList<>();
        boolean opus = false;
        boolean red = false;
        for (RtpCodecParameters each : given) {
            RtpCodecParameters codec = CodecValidator.validate(kind, each);
            payloadTypes.add(codec.payloadType());
            if (!Codec.isRtx(codec.mimeType())) {
                mediaPayloadTypes.add(codec.payloadType());
            }
            opus |= Red.isOpus(codec.mimeType());
            red |= Red.is(codec.mimeType());
            codecs.add(codec);
        }
        Bounds.require(!Codec.isRtx(codecs.getFirst().mimeType()), "the first codec is RTX");
        Bounds.require(opus || !red, "RED without Opus");
        for (RtpCodecParameters codec : codecs) {
            if (Codec.isRtx(codec.mimeType())) {
                int apt = FormatParameters.integer(codec.parameters(), FormatParameters.APT, -1);
                Bounds.require(
                        mediaPayloadTypes.contains(apt), "no media codec for RTX payload type " + codec.payloadType());
            }
        }
        return codecs;
    }

    private static void headerExtensions(List<RtpHeaderExtensionParameters> extensions) throws NegotiationException {
        Bounds.size(extensions, Bounds.MAX_HEADER_EXTENSIONS, "headerExtensions");
        Bounds.Distinct ids = new Bounds.Distinct("header extension id");
        for (RtpHeaderExtensionParameters extension : extensions) {
            Bounds.token(extension.uri(), 256, "header extension uri");
            Bounds.require(
                    extension.id() > 0 && extension.id() <= MAX_ID, "invalid header extension id " + extension.id());
            Bounds.formatParameters(extension.parameters());
            ids.add(extension.id());
        }
    }

    private static void encodings(RtpParameters parameters, List<RtpCodecParameters> codecs)
            throws NegotiationException {
        List<RtpEncodingParameters> encodings = parameters.encodings();
        Bounds.require(!encodings.isEmpty(), "missing encodings");
        Bounds.size(encodings, Bounds.MAX_ENCODINGS, "encodings");
        Bounds.Distinct ssrcs = new Bounds.Distinct("ssrc");
        Bounds.Distinct rids = new Bounds.Distinct("rid");
        for (RtpEncodingParameters encoding : encodings) {
            boolean recognisable = parameters.mid() != null && encodings.size() == 1;
            if (encoding.ssrc() != null) {
                Bounds.ssrc(encoding.ssrc());
                ssrcs.add(encoding.ssrc());
                recognisable = true;
            }
            if (encoding.rid() != null) {
                Bounds.token(encoding.rid(), Bounds.MAX_RID, "rid");
                rids.add(encoding.rid());
                recognisable = true;
            }
            if (encoding.rtx() != null) {
                Bounds.ssrc(encoding.rtx().ssrc());
                ssrcs.add(encoding.rtx().ssrc());
            }
            Bounds.require(recognisable, "an encoding has neither ssrc nor rid");
            Bounds.optionalToken(encoding.scalabilityMode(), 32, "scalabilityMode");
            Bounds.require(encoding.maxBitrate() == null || encoding.maxBitrate() > 0, "invalid maxBitrate");
            Integer payloadType = encoding.codecPayloadType();
            Bounds.require(
                    payloadType == null
                            || codecs.stream()
                                    .anyMatch(codec ->
                                            codec.payloadType() == payloadType && !Codec.isRtx(codec.mimeType())),
                    "codecPayloadType names no media codec");
        }
    }
}
