package dev.foyer.socketio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads UTF-8 JSON into JDK values. Foreign input never throws: it comes back as a {@link Result}. */
final class JsonReader {
    /** Levels that a value inside the outermost array or object may have. */
    static final int MAX_DEPTH = 32;

    private static final int MAX_NUMBER_LENGTH = 400;
    private static final int MAX_NAME_LENGTH = 4_096;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .build();

    /** What a text was. */
    sealed interface Result {
        /** A value. */
        record Value(@Nullable Object value) implements Result {}

        /**
         * Balanced, but deeper or longer than is read.
         *
         * @param array whether the outermost value is an array
         * @param head its first element if that is a string, else empty
         */
        record TooComplex(boolean array, String head) implements Result {}

        /** No JSON. */
        record Malformed() implements Result {}
    }

    private static final Result MALFORMED = new Result.Malformed();

    private final JsonParser parser;
    private final @Nullable List<byte[]> attachments;
    private boolean illegalPlaceholder;
    private boolean array;
    private @Nullable String head;

    private JsonReader(JsonParser parser, @Nullable List<byte[]> attachments) {
        this.parser = parser;
        this.attachments = attachments;
    }

    /**
     * Reads one value that fills the range.
     *
     * @param attachments what {@code {"_placeholder":true,"num":n}} stands for; null to take such objects literally
     */
    static Result read(byte[] bytes, int offset, int length, @Nullable List<byte[]> attachments) {
        if (length <= 0 || startsLikeWideEncoding(bytes, offset, length)) {
            return MALFORMED;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            return new JsonReader(parser, attachments).document(bytes, offset, length);
        } catch (JacksonException _) {
            return MALFORMED;
        }
    }

    /** Jackson guesses UTF-16 and UTF-32 from zero bytes, which no JSON in UTF-8 has. */
    private static boolean startsLikeWideEncoding(byte[] bytes, int offset, int length) {
        for (int i = 0; i < Math.min(4, length); i++) {
            if (bytes[offset + i] == 0) {
                return true;
            }
        }
        return false;
    }

    private Result document(byte[] bytes, int offset, int length) {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return MALFORMED;
            }
            array = first == JsonToken.START_ARRAY;
            Object value = value(first);
            if (illegalPlaceholder || parser.nextToken() != null) {
                return MALFORMED;
            }
            return new Result.Value(value);
        } catch (StreamConstraintsException _) {
            return JsonBrackets.balanced(bytes, offset, length)
                    ? new Result.TooComplex(array, head == null ? "" : head)
                    : MALFORMED;
        }
    }

    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private List<@Nullable Object> array() {
        boolean outermost = head == null;
        if (outermost) {
            head = "";
        }
        List<@Nullable Object> list = new ArrayList<>(4);
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            Object value = value(token);
            if (outermost && list.isEmpty() && value instanceof String name) {
                head = name;
            }
            list.add(value);
        }
        return list;
    }

    private @Nullable Object object() {
        if (head == null) {
            head = "";
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            map.put(name, token == null ? null : value(token));
        }
        if (attachments != null && Boolean.TRUE.equals(map.get("_placeholder"))) {
            if (map.get("num") instanceof Integer num && num >= 0 && num < attachments.size()) {
                return attachments.get(num);
            }
            illegalPlaceholder = true;
        }
        return map;
    }
}
