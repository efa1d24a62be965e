package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecCapability;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs that the SFU forwards, and those that a router has when nobody says otherwise. */
public final class SupportedCodecs {
    private static final int VIDEO_CLOCK_RATE = 90_000;

    private static final List<RtcpFeedback> OPUS_FEEDBACK =
            List.of(new RtcpFeedback("nack", ""), new RtcpFeedback("transport-cc", ""));
    private static final List<RtcpFeedback> AUDIO_FEEDBACK = List.of(new RtcpFeedback("transport-cc", ""));
    private static final List<RtcpFeedback> VIDEO_FEEDBACK = List.of(
            new RtcpFeedback("nack", ""),
            new RtcpFeedback("nack", "pli"),
            new RtcpFeedback("ccm", "fir"),
            new RtcpFeedback("goog-remb", ""),
            new RtcpFeedback("transport-cc", ""));

    private static final List<RtpCodecCapability> SUPPORTED = List.of(
            audio("audio/opus", null, 48_000, 2, OPUS_FEEDBACK),
            audio("audio/red", null, 48_000, 2, List.of()),
            audio("audio/PCMU", 0, 8_000, 1, AUDIO_FEEDBACK),
            audio("audio/PCMA", 8, 8_000, 1, AUDIO_FEEDBACK),
            video("video/VP8", Map.of()),
            video("video/VP9", Map.of()),
            video("video/H264", Map.of(FormatParameters.LEVEL_ASYMMETRY_ALLOWED, 1)),
            video("video/AV1", Map.of()));

    private static final List<RtpCodecCapability> DEFAULTS = List.of(
            audio("audio/opus", null, 48_000, 2, List.of()),
            audio("audio/red", null, 48_000, 2, List.of()),
            video("video/VP8", Map.of()),
            video("video/VP9", Map.of(FormatParameters.VP9_PROFILE_ID, 0)),
            video("video/VP9", Map.of(FormatParameters.VP9_PROFILE_ID, 2)),
            h264("42e01f"),
            h264("4d0032"),
            h264("640032"),
            video("video/AV1", Map.of()));

    private SupportedCodecs() {}

    /**
     * The media codecs of a router by default, the first of each kind being what a client sends unless it chooses:
     * Opus, RED, VP8, VP9 profiles 0 and 2, H.264 constrained baseline, main and high, AV1.
     */
    public static List<RtpCodecCapability> defaults() {
        return DEFAULTS;
    }

    /** The supported codec of the same type, clock rate and channels, or null. */
    static @Nullable RtpCodecCapability find(Codec codec) {
        for (RtpCodecCapability supported : SUPPORTED) {
            if (Codec.of(supported).isSameType(codec)) {
                return supported;
            }
        }
        return null;
    }

    private static RtpCodecCapability audio(
            String mimeType,
            @Nullable Integer payloadType,
            int clockRate,
            int channels,
            List<RtcpFeedback> rtcpFeedback) {
        return new RtpCodecCapability(
                MediaKind.AUDIO, mimeType, payloadType, clockRate, channels, Map.of(), rtcpFeedback);
    }

    private static RtpCodecCapability video(String mimeType, Map<String, Object> parameters) {
        return new RtpCodecCapability(
                MediaKind.VIDEO, mimeType, null, VIDEO_CLOCK_RATE, null, parameters, VIDEO_FEEDBACK);
    }

    private static RtpCodecCapability h264(String profileLevelId) {
        return video(
                "video/H264",
                Map.of(
                        FormatParameters.PACKETIZATION_MODE,
                        1,
                        FormatParameters.PROFILE_LEVEL_ID,
                        profileLevelId,
                        FormatParameters.LEVEL_ASYMMETRY_ALLOWED,
                        1));
    }
}
