package dev.foyer.dialect;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ORTC parameters as mediasoup-client writes them: absent lists and maps are empty, absent flags have mediasoup's
 * defaults. Types and sizes are checked here, sense by the SFU's negotiation.
 */
public final class OrtcReader {
    private static final int NAME = 256;
    private static final int PARAMETERS = 4096;
    private static final long MAX_SSRC = 0xFFFF_FFFFL;

    private OrtcReader() {}

    /** Reads what an endpoint can receive. */
    public static RtpCapabilities rtpCapabilities(Fields json) {
        return new RtpCapabilities(
                json.list("codecs", 128, OrtcReader::codecCapability),
                json.list("headerExtensions", 64, OrtcReader::headerExtension));
    }

    /** Reads how a stream is sent. */
    public static RtpParameters rtpParameters(Fields json) {
        return new RtpParameters(
                json.optionalText("mid", NAME),
                json.list("codecs", 32, OrtcReader::codecParameters),
                json.list("headerExtensions", 64, OrtcReader::headerExtensionParameters),
                json.list("encodings", 16, OrtcReader::encoding),
                rtcp(json.optionalObject("rtcp")));
    }

    /** Reads the DTLS parameters of a client. */
    public static DtlsParameters dtlsParameters(Fields json) {
        DtlsRole role = json.optionalWord("role", DtlsRole.class);
        List<DtlsFingerprint> fingerprints = json.list(
                "fingerprints",
                16,
                fingerprint -> new DtlsFingerprint(fingerprint.text("algorithm", 16), fingerprint.text("value", 256)));
        if (fingerprints.isEmpty()) {
            throw Fields.invalid("fingerprints", "at least one");
        }
        return new DtlsParameters(role == null ? DtlsRole.AUTO : role, fingerprints);
    }

    private static RtpCodecCapability codecCapability(Fields json) {
        return new RtpCodecCapability(
                json.word("kind", MediaKind.class),
                json.text("mimeType", NAME),
                json.optionalNumber("preferredPayloadType", 0, 127),
                json.number("clockRate", 1, Integer.MAX_VALUE),
                json.optionalNumber("channels", 1, 255),
                parameters(json),
                json.list("rtcpFeedback", 32, OrtcReader::feedback));
    }

    private static RtpHeaderExtension headerExtension(Fields json) {
        String direction = json.optionalText("direction", 16);
        return new RtpHeaderExtension(
                json.word("kind", MediaKind.class),
                json.text("uri", NAME),
                json.number("preferredId", 1, 255),
                json.flag("preferredEncrypt", false),
                direction == null ? "sendrecv" : direction);
    }

    private static RtpCodecParameters codecParameters(Fields json) {
        return new RtpCodecParameters(
                json.text("mimeType", NAME),
                json.number("payloadType", 0, 127),
                json.number("clockRate", 1, Integer.MAX_VALUE),
                json.optionalNumber("channels", 1, 255),
                parameters(json),
                json.list("rtcpFeedback", 32, OrtcReader::feedback));
    }

    private static RtcpFeedback feedback(Fields json) {
        String parameter = json.has("parameter") ? json.longText("parameter", NAME) : "";
        return new RtcpFeedback(json.text("type", NAME), parameter);
    }

    private static RtpHeaderExtensionParameters headerExtensionParameters(Fields json) {
        return new RtpHeaderExtensionParameters(
                json.text("uri", NAME), json.number("id", 1, 255), json.flag("encrypt", false), parameters(json));
    }

    private static RtpEncodingParameters encoding(Fields json) {
        Fields rtx = json.optionalObject("rtx");
        return new RtpEncodingParameters(
                json.optionalInteger("ssrc", 0, MAX_SSRC),
                json.optionalText("rid", NAME),
                json.optionalNumber("codecPayloadType", 0, 127),
                rtx == null ? null : new RtpEncodingParameters.Rtx(rtx.integer("ssrc", 0, MAX_SSRC)),
                json.flag("dtx", false),
                json.optionalText("scalabilityMode", 16),
                json.optionalNumber("maxBitrate", 0, Integer.MAX_VALUE));
    }

    private static RtcpParameters rtcp(@Nullable Fields json) {
        return json == null
                ? new RtcpParameters(null, true)
                : new RtcpParameters(cname(json), json.flag("reducedSize", true));
    }

    /** Browsers tell no cname for simulcast by rid; mediasoup-client makes an empty one of that. */
    private static @Nullable String cname(Fields json) {
        return "".equals(json.free("cname", NAME)) ? null : json.optionalText("cname", NAME);
    }

    private static Map<String, Object> parameters(Fields json) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        json.freeObjectOrEmpty("parameters", PARAMETERS).forEach((name, value) -> {
            if (value != null) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }
}
