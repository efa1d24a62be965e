package dev.foyer.dialect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields by which plain {@code RTCPeerConnection} clients set up their connections. What a description or a
 * candidate says is the receiver's business; here it only has to be one, and of a bearable size.
 */
public final class SignalReader {
    /** The most that an offer or an answer may be, all of the message, in characters. */
    public static final int MAX_DESCRIPTION = 256 * 1024;

    /** The most that a message with a candidate may be, in characters. */
    public static final int MAX_CANDIDATE = 16 * 1024;

    private static final int MAX_MID = 256;
    private static final int MAX_LINES = 65_535;

    private SignalReader() {}

    /**
     * Reads an {@code RTCSessionDescription}.
     *
     * @param type {@code offer} or {@code answer}; others are refused
     */
    public static Description description(Fields json, String type) {
        if (!json.text("type", MAX_MID).equals(type)) {
            throw Fields.invalid("type", type);
        }
        String sdp = json.longText("sdp", MAX_DESCRIPTION);
        if (sdp.isBlank()) {
            throw Fields.invalid("sdp", "a session description");
        }
        return new Description(type, sdp);
    }

    /** Reads {@code candidate}: a candidate line, an {@code RTCIceCandidate} in any form, or null for the end of them. */
    public static @Nullable Object candidate(Fields message) {
        Object candidate = message.free("candidate", MAX_CANDIDATE);
        boolean end = candidate == null && message.has("candidate");
        if (!(end || candidate instanceof String || candidate instanceof Map)) {
            throw Fields.invalid("candidate", "an ICE candidate");
        }
        return candidate;
    }

    /** Reads {@code sdpMid}; null when absent. */
    public static @Nullable String sdpMid(Fields message) {
        return message.isNull("sdpMid") ? null : message.longText("sdpMid", MAX_MID);
    }

    /** Reads {@code sdpMLineIndex}; null when absent. */
    public static @Nullable Integer sdpMLineIndex(Fields message) {
        return message.optionalNumber("sdpMLineIndex", 0, MAX_LINES);
    }

    /** An {@code RTCSessionDescription}. */
    public record Description(String type, String sdp) {}
}
