package dev.foyer.sfu.negotiation;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks shared by the validators. The limits are several times what browsers send. */
final class Bounds {
    static final int MAX_CODECS = 128;
    static final int MAX_HEADER_EXTENSIONS = 64;
    static final int MAX_ENCODINGS = 8;
    static final int MAX_FEEDBACK = 32;
    static final int MAX_CHANNELS = 8;
    static final int MAX_RID = 32;

    private static final int MAX_FORMAT_PARAMETERS = 32;
    private static final int MAX_PARAMETER_VALUE = 1024;
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final long MAX_SSRC = 0xffff_ffffL;

    private Bounds() {}

    static void require(boolean condition, String message) throws NegotiationException {
        if (!condition) {
            throw NegotiationException.invalid(message);
        }
    }

    static void size(Collection<?> collection, int max, String name) throws NegotiationException {
        require(collection.size() <= max, "more than " + max + " " + name);
    }

    /** A text that must be there. Accepts null because a record read from JSON may hold one all the same. */
    static void token(@Nullable String text, int max, String name) throws NegotiationException {
        require(text != null && !text.isEmpty(), "missing " + name);
        optionalToken(text, max, name);
    }

    /** A text that may be missing: visible ASCII, or blanks within it. */
    static void optionalToken(@Nullable String text, int max, String name) throws NegotiationException {
        boolean fits = text == null
                || (text.length() <= max && text.chars().allMatch(character -> character >= ' ' && character < 127));
        require(fits, "invalid " + name);
    }

    static void payloadType(int payloadType) throws NegotiationException {
        require(payloadType >= 0 && payloadType <= MAX_PAYLOAD_TYPE, "invalid payload type " + payloadType);
    }

    static void ssrc(long ssrc) throws NegotiationException {
        require(ssrc > 0 && ssrc <= MAX_SSRC, "invalid ssrc");
    }

    /** Values become SDP text in some other client: only numbers and short texts without line breaks pass. */
    static void formatParameters(Map<String, Object> parameters) throws NegotiationException {
        require(parameters.size() <= MAX_FORMAT_PARAMETERS, "too many format parameters");
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            token(parameter.getKey(), 64, "format parameter name");
            switch (parameter.getValue()) {
                case String text -> optionalToken(text, MAX_PARAMETER_VALUE, "format parameter " + parameter.getKey());
                case Number _ -> {}
                default -> throw NegotiationException.invalid("invalid format parameter " + parameter.getKey());
            }
        }
    }

    /** A set that refuses what it already holds. */
    static final class Distinct {
        private final Set<Object> seen = new HashSet<>();
        private final String name;

        Distinct(String name) {
            this.name = name;
        }

        void add(Object value) throws NegotiationException {
            require(seen.add(value), "duplicate " + name + " " + value);
        }
    }
}
