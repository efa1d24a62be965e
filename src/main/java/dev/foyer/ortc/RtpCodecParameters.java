package dev.foyer.ortc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A codec as used in a stream. Lists and maps that a client left out are empty.
 *
 * @param mimeType such as {@code audio/opus}
 * @param payloadType 0 to 127
 * @param clockRate in Hz
 * @param channels audio channels, null for video
 * @param parameters format parameters; {@code apt} for RTX
 * @param rtcpFeedback feedback in use
 */
public record RtpCodecParameters(
        String mimeType,
        int payloadType,
        int clockRate,
        @Nullable Integer channels,
        Map<String, Object> parameters,
        List<RtcpFeedback> rtcpFeedback) {
    public RtpCodecParameters {
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        rtcpFeedback = rtcpFeedback == null ? List.of() : List.copyOf(rtcpFeedback);
    }
}
