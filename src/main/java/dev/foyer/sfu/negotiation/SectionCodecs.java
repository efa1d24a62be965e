package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.protocol.sdp.Feedback;
import dev.foyer.protocol.sdp.PayloadFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The codecs of a media section that the router has too. */
final class SectionCodecs {
    private static final int MAX_INTEGER_DIGITS = 9;

    private SectionCodecs() {}

    /**
     * Codecs in common in the client's order and numbers and with its format parameters, each followed by its RTX; one
     * for each of the router's. RED is left out: what a section sends changes with its source, and a source sends
     * either RED or Opus.
     */
    static List<RtpCodecCapability> common(
            MediaKind kind, List<PayloadFormat> formats, List<RtpCodecCapability> router) {
        List<RtpCodecCapability> common = new ArrayList<>();
        Map<Integer, PayloadFormat> rtx = rtxByMediaPayloadType(formats);
        Set<RtpCodecCapability> taken = new HashSet<>();
        for (PayloadFormat format : formats) {
            RtpCodecCapability known = find(kind, format, router);
            if (known != null && taken.add(known)) {
                common.add(new RtpCodecCapability(
                        kind,
                        known.mimeType(),
                        format.payloadType(),
                        known.clockRate(),
                        known.channels(),
                        parameters(format),
                        feedback(format, known)));
                PayloadFormat repair = rtx.get(format.payloadType());
                if (repair != null && rtxFor(known, router) != null) {
                    common.add(new RtpCodecCapability(
                            kind,
                            kind + "/rtx",
                            repair.payloadType(),
                            repair.clockRate(),
                            null,
                            parameters(repair),
                            List.of()));
                }
            }
        }
        return common;
    }

    /** The first codec, with its RTX, as a stream's. */
    static List<RtpCodecParameters> first(RtpCapabilities capabilities) {
        List<RtpCodecParameters> first = new ArrayList<>();
        for (RtpCodecCapability codec : capabilities.codecs()) {
            if (!first.isEmpty() && !Codec.isRtx(codec.mimeType())) {
                break;
            }
            first.add(inUse(codec));
        }
        return first;
    }

    /** A capability of a section as a codec of a stream. */
    static RtpCodecParameters inUse(RtpCodecCapability codec) {
        return new RtpCodecParameters(
                codec.mimeType(),
                payloadType(codec),
                codec.clockRate(),
                codec.channels(),
                codec.parameters(),
                codec.rtcpFeedback());
    }

    static int payloadType(RtpCodecCapability codec) {
        Integer payloadType = codec.preferredPayloadType();
        if (payloadType == null) {
            throw new IllegalArgumentException("a codec has no payload type: " + codec.mimeType());
        }
        return payloadType;
    }

    /** The RTX of a media codec among the same capabilities, or null. */
    static @Nullable RtpCodecCapability rtxFor(RtpCodecCapability media, List<RtpCodecCapability> codecs) {
        for (RtpCodecCapability codec : codecs) {
            if (Codec.isRtx(codec.mimeType())
                    && FormatParameters.integer(codec.parameters(), FormatParameters.APT, -1) == payloadType(media)) {
                return codec;
            }
        }
        return null;
    }

    private static Map<Integer, PayloadFormat> rtxByMediaPayloadType(List<PayloadFormat> formats) {
        Map<Integer, PayloadFormat> rtx = new HashMap<>();
        for (PayloadFormat format : formats) {
            if (format.encodingName().equalsIgnoreCase("rtx")) {
                rtx.putIfAbsent(FormatParameters.integer(parameters(format), FormatParameters.APT, -1), format);
            }
        }
        return rtx;
    }

    private static @Nullable RtpCodecCapability find(
            MediaKind kind, PayloadFormat format, List<RtpCodecCapability> router) {
        Codec codec = new Codec(
                kind + "/" + format.encodingName().toLowerCase(Locale.ROOT),
                format.clockRate(),
                kind == MediaKind.AUDIO ? format.channels() : 0,
                parameters(format));
        if (Codec.isRtx(codec.mimeType()) || Red.is(codec.mimeType())) {
            return null;
        }
        for (RtpCodecCapability known : router) {
            if (codec.matches(Codec.of(known))) {
                return known;
            }
        }
        return null;
    }

    private static List<RtcpFeedback> feedback(PayloadFormat format, RtpCodecCapability known) {
        List<RtcpFeedback> common = new ArrayList<>();
        for (RtcpFeedback message : known.rtcpFeedback()) {
            if (format.feedback().contains(new Feedback(message.type(), message.parameter()))) {
                common.add(message);
            }
        }
        return common;
    }

    /** Numbers as numbers: mediasoup-client compares them so. A profile is none, though it may look like one. */
    private static Map<String, Object> parameters(PayloadFormat format) {
        Map<String, Object> parameters = new HashMap<>();
        format.parameters()
                .forEach((name, value) -> parameters.put(
                        name.toLowerCase(Locale.ROOT),
                        isInteger(value) && !name.equalsIgnoreCase(FormatParameters.PROFILE_LEVEL_ID)
                                ? (Object) Integer.valueOf(value)
                                : value));
        return parameters;
    }

    private static boolean isInteger(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_INTEGER_DIGITS
                && value.chars().allMatch(character -> character >= '0' && character <= '9')
                && (value.length() == 1 || value.charAt(0) != '0');
    }
}
