package dev.foyer.protocol.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A payload type and what it means: {@code rtpmap}, {@code fmtp} and {@code rtcp-fb} together.
 *
 * @param payloadType 0 to 127
 * @param encodingName such as {@code VP8}
 * @param clockRate in Hz
 * @param channels audio channels as written, 1 where nothing is written
 * @param parameters format parameters in their order; one without a value has an empty one
 * @param feedback in its order
 */
public record PayloadFormat(
        int payloadType,
        String encodingName,
        int clockRate,
        int channels,
        Map<String, String> parameters,
        List<Feedback> feedback) {
    public PayloadFormat {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        feedback = List.copyOf(feedback);
    }
}
