package dev.foyer.ortc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A codec that an endpoint can send or receive. Lists and maps that a client left out are empty.
 *
 * @param kind audio or video
 * @param mimeType such as {@code video/VP8}; compared without regard to case
 * @param preferredPayloadType 96 to 127, or null when the router may choose
 * @param clockRate in Hz
 * @param channels audio channels, null for video
 * @param parameters format parameters (SDP {@code fmtp}); values are strings or numbers
 * @param rtcpFeedback feedback supported for the codec
 */
public record RtpCodecCapability(
        MediaKind kind,
        String mimeType,
        @Nullable Integer preferredPayloadType,
        int clockRate,
        @Nullable Integer channels,
        Map<String, Object> parameters,
        List<RtcpFeedback> rtcpFeedback) {
    public RtpCodecCapability {
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        rtcpFeedback = rtcpFeedback == null ? List.of() : List.copyOf(rtcpFeedback);
    }
}
