package dev.foyer.dialect;

import dev.foyer.room.PeerSignal;
import dev.foyer.socketio.UnreadJson;
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

    /** Before the fragment in a candidate's line, an extension that browsers write there. */
    private static final String UFRAG = " ufrag ";

    /** The same as a field of {@code RTCIceCandidateInit}. */
    private static final String UFRAG_FIELD = "usernameFragment";

    /** Levels of a message in which it is looked for. */
    private static final int CANDIDATE_DEPTH = 4;

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

    /** The signal of a candidate, of which the message is all but the addressing. */
    public static PeerSignal.Candidate signal(Map<String, @Nullable Object> message) {
        return new PeerSignal.Candidate(ufrag(message, CANDIDATE_DEPTH), message);
    }

    /** The user name fragment that a candidate names, in a field or in its line; not all candidates do. */
    private static @Nullable String ufrag(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            int at = text.indexOf(UFRAG);
            return at < 0 ? null : word(text, at + UFRAG.length());
        }
        if (!(value instanceof Map<?, ?> map) || depth == 0 || isSilent(map)) {
            return null;
        }
        if (map.get(UFRAG_FIELD) instanceof String ufrag) {
            return ufrag;
        }
        for (Object inner : map.values()) {
            String found = ufrag(inner, depth - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether an object surely names no fragment, as its unread text shows. */
    private static boolean isSilent(Map<?, ?> map) {
        return map instanceof UnreadJson unread && !unread.mayMention(UFRAG) && !unread.mayMention(UFRAG_FIELD);
    }

    /** What stands there up to the next space or the end; null when nothing does. */
    private static @Nullable String word(String text, int start) {
        int end = text.indexOf(' ', start);
        String word = end < 0 ? text.substring(start) : text.substring(start, end);
        return word.isEmpty() ? null : word;
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
