package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes two codecs the same one, whether they stand in capabilities or in parameters.
 *
 * @param mimeType in lower case
 * @param clockRate in Hz
 * @param channels 0 for video
 * @param parameters format parameters
 */
record Codec(String mimeType, int clockRate, int channels, Map<String, Object> parameters) {
    static Codec of(RtpCodecCapability codec) {
        return new Codec(
                lowerCase(codec.mimeType()), codec.clockRate(), channels(codec.channels()), codec.parameters());
    }

    static Codec of(RtpCodecParameters codec) {
        return new Codec(
                lowerCase(codec.mimeType()), codec.clockRate(), channels(codec.channels()), codec.parameters());
    }

    /** Whether a MIME type is that of a retransmission stream (RFC 4588). */
    static boolean isRtx(String mimeType) {
        return lowerCase(mimeType).endsWith("/rtx");
    }

    /** The kind that a MIME type begins with, or null. */
    static @Nullable MediaKind kind(String mimeType) {
        String lowerCase = lowerCase(mimeType);
        for (MediaKind kind : MediaKind.values()) {
            String prefix = kind + "/";
            if (lowerCase.startsWith(prefix) && lowerCase.length() > prefix.length()) {
                return kind;
            }
        }
        return null;
    }

    /** Whether type, clock rate and channels agree. */
    boolean isSameType(Codec other) {
        return mimeType.equals(other.mimeType) && clockRate == other.clockRate && channels == other.channels;
    }

    /** Whether a decoder for one decodes the other: type, and what the codec itself says of profiles and modes. */
    boolean matches(Codec other) {
        if (!isSameType(other)) {
            return false;
        }
        return switch (mimeType) {
            case "video/h264" -> sameInteger(other, FormatParameters.PACKETIZATION_MODE) && sameH264Profile(other);
            case "video/vp9" -> sameInteger(other, FormatParameters.VP9_PROFILE_ID);
            case "video/av1" -> sameInteger(other, FormatParameters.AV1_PROFILE);
            default -> true;
        };
    }

    /** This codec's parameters as agreed with a matching one: only H.264's level is negotiated. */
    Map<String, Object> parametersAgreedWith(Codec other) {
        H264ProfileLevelId own = H264ProfileLevelId.of(parameters);
        H264ProfileLevelId others = H264ProfileLevelId.of(other.parameters);
        boolean named = parameters.containsKey(FormatParameters.PROFILE_LEVEL_ID)
                || other.parameters.containsKey(FormatParameters.PROFILE_LEVEL_ID);
        if (!mimeType.equals("video/h264") || own == null || others == null || !named) {
            return parameters;
        }
        boolean asymmetryAllowed = allowsLevelAsymmetry() && other.allowsLevelAsymmetry();
        Map<String, Object> agreed = new TreeMap<>(parameters);
        agreed.put(
                FormatParameters.PROFILE_LEVEL_ID,
                own.answerTo(others, asymmetryAllowed).toString());
        return agreed;
    }

    private boolean allowsLevelAsymmetry() {
        return FormatParameters.integer(parameters, FormatParameters.LEVEL_ASYMMETRY_ALLOWED, 0) == 1;
    }

    private boolean sameInteger(Codec other, String name) {
        return FormatParameters.integer(parameters, name, 0) == FormatParameters.integer(other.parameters, name, 0);
    }

    private boolean sameH264Profile(Codec other) {
        H264ProfileLevelId own = H264ProfileLevelId.of(parameters);
        H264ProfileLevelId others = H264ProfileLevelId.of(other.parameters);
        return own != null && others != null && own.profile() == others.profile();
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static int channels(@Nullable Integer channels) {
        return channels == null ? 0 : channels;
    }
}
