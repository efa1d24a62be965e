package dev.foyer.socketio;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 JSON (RFC 8259) into JDK values. Foreign input never throws: it comes back as a {@link Result}.
 *
 * <p>Objects that are fields of an event's argument are what servers pass on without a look, and most of its bytes: they
 * are checked like everything else, but come as {@link UnreadJson}.
 */
final class JsonReader {
    /** Levels that a value inside the outermost array or object may have. */
    static final int MAX_DEPTH = 32;

    private static final int MAX_NUMBER_LENGTH = 400;
    private static final int MAX_NAME_LENGTH = 4_096;

    /** Digits that surely fit a long. */
    private static final int MAX_LONG_DIGITS = 18;

    /** The level of the fields of an event's arguments: inside the packet's array, inside the argument. */
    private static final int FIELDS_OF_ARGUMENTS = 2;

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

    /** Never written to: without attachments nothing is placed. */
    private static final BitSet NONE_PLACED = new BitSet(0);

    private static final Result MALFORMED = new Result.Malformed();

    /** Ends the walk through a text; never leaves this class, and knows no stack that would cost. */
    private static final class Stop extends RuntimeException {
        private final boolean tooComplex;

        private Stop(boolean tooComplex) {
            super(null, null, false, false);
            this.tooComplex = tooComplex;
        }
    }

    private final byte[] bytes;
    private final int end;
    private final JsonStrings strings;
    private final @Nullable List<byte[]> attachments;
    private final BitSet placed;
    private final int unreadFrom;
    private int at;
    private String head = "";

    private JsonReader(byte[] bytes, int offset, int length, @Nullable List<byte[]> attachments, int unreadFrom) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
        this.strings = new JsonStrings(bytes, end);
        this.attachments = attachments;
        this.placed = attachments == null ? NONE_PLACED : new BitSet(attachments.size());
        this.unreadFrom = unreadFrom;
    }

    /**
     * Reads one value that fills the range, to which nobody may write afterwards.
     *
     * @param attachments what {@code {"_placeholder":true,"num":n}} stands for, each at most once; null to take such objects literally
     */
    static Result read(byte[] bytes, int offset, int length, @Nullable List<byte[]> attachments) {
        // Where there are attachments, any object may stand for one.
        int unreadFrom = attachments == null ? FIELDS_OF_ARGUMENTS : Integer.MAX_VALUE;
        return new JsonReader(bytes, offset, length, attachments, unreadFrom).document();
    }

    /** Reads an object that was checked before, with everything in it. */
    static Map<String, @Nullable Object> readChecked(byte[] bytes, int offset, int length) {
        JsonReader reader = new JsonReader(bytes, offset, length, null, Integer.MAX_VALUE);
        reader.expect('{');
        return reader.members(0);
    }

    private Result document() {
        int start = at;
        boolean array = false;
        try {
            byte first = next();
            array = first == '[';
            Object value = value(first, 0);
            skipWhiteSpace();
            return at == end ? new Result.Value(value) : MALFORMED;
        } catch (Stop stop) {
            return stop.tooComplex && JsonBrackets.balanced(bytes, start, end - start)
                    ? new Result.TooComplex(array, head)
                    : MALFORMED;
        }
    }

    private void skipWhiteSpace() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** Takes the next byte that is no white space. */
    private byte next() {
        skipWhiteSpace();
        if (at == end) {
            throw new Stop(false);
        }
        return bytes[at++];
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new Stop(false);
        }
    }

    /** Reads a value whose first byte is taken, inside that many levels. */
    private @Nullable Object value(byte first, int levels) {
        return switch (first) {
            case '{' -> object(levels);
            case '[' -> elements(deeper(levels));
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number(first);
        };
    }

    private static int deeper(int levels) {
        if (levels > MAX_DEPTH) {
            throw new Stop(true);
        }
        return levels + 1;
    }

    private List<@Nullable Object> elements(int levels) {
        List<@Nullable Object> list = new ArrayList<>(4);
        byte first = next();
        if (first == ']') {
            return list;
        }
        while (true) {
            Object value = value(first, levels);
            if (levels == 1 && list.isEmpty() && value instanceof String name) {
                head = name;
            }
            list.add(value);
            byte separator = next();
            if (separator == ']') {
                return list;
            } else if (separator != ',') {
                throw new Stop(false);
            }
            first = next();
        }
    }

    private @Nullable Object object(int levels) {
        int inside = deeper(levels);
        if (levels >= unreadFrom) {
            int start = at - 1;
            skipMembers(inside);
            return UnreadJson.of(bytes, start, at - start);
        }
        Map<String, @Nullable Object> map = members(inside);
        return attachments != null && Boolean.TRUE.equals(map.get("_placeholder"))
                ? attachment(map.get("num"), attachments)
                : map;
    }

    /** Each attachment stands for one placeholder, or a few bytes could ask for the same megabyte over and over. */
    private byte[] attachment(@Nullable Object number, List<byte[]> attachments) {
        if (number instanceof Integer index && index >= 0 && index < attachments.size() && !placed.get(index)) {
            placed.set(index);
            return attachments.get(index);
        }
        throw new Stop(false);
    }

    private Map<String, @Nullable Object> members(int levels) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (boolean more = beginMembers(); more; more = anotherMember()) {
            String name = name();
            map.put(name, value(next(), levels));
        }
        return map;
    }

    /** After the opening brace: whether there is a member, with its opening quote taken. */
    private boolean beginMembers() {
        byte first = next();
        if (first != '"' && first != '}') {
            throw new Stop(false);
        }
        return first == '"';
    }

    /** After a member: whether there is another one, with its opening quote taken. */
    private boolean anotherMember() {
        byte separator = next();
        if (separator == ',') {
            expect('"');
        } else if (separator != '}') {
            throw new Stop(false);
        }
        return separator == ',';
    }

    private String name() {
        int start = at;
        skipName();
        return strings.text(start);
    }

    private void skipName() {
        int start = at;
        skipString();
        if (at - start > MAX_NAME_LENGTH) {
            throw new Stop(true);
        }
        expect(':');
    }

    private String string() {
        int start = at;
        skipString();
        return strings.text(start);
    }

    private void skipString() {
        int after = strings.skip(at);
        if (after < 0) {
            throw new Stop(false);
        }
        at = after;
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        for (int i = 1; i < word.length(); i++) {
            if (at == end || bytes[at++] != word.charAt(i)) {
                throw new Stop(false);
            }
        }
        return value;
    }

    // Checking without reading.

    private void skipValue(byte first, int levels) {
        switch (first) {
            case '{' -> skipMembers(deeper(levels));
            case '[' -> skipElements(deeper(levels));
            case '"' -> skipString();
            case 't' -> literal("true", null);
            case 'f' -> literal("false", null);
            case 'n' -> literal("null", null);
            default -> skipNumber(first);
        }
    }

    private void skipElements(int levels) {
        byte first = next();
        if (first == ']') {
            return;
        }
        while (true) {
            skipValue(first, levels);
            byte separator = next();
            if (separator == ']') {
                return;
            } else if (separator != ',') {
                throw new Stop(false);
            }
            first = next();
        }
    }

    private void skipMembers(int levels) {
        for (boolean more = beginMembers(); more; more = anotherMember()) {
            skipName();
            skipValue(next(), levels);
        }
    }

    // Numbers.

    private Number number(byte first) {
        int start = at - 1;
        boolean whole = skipNumber(first);
        if (whole && at - start <= MAX_LONG_DIGITS) {
            return whole(start);
        }
        String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
        if (!whole) {
            return Double.valueOf(text);
        }
        BigInteger large = new BigInteger(text);
        // Not by the ternary operator, which would make both the same type.
        if (large.bitLength() < Long.SIZE) {
            return large.longValue();
        }
        return large;
    }

    private Number whole(int start) {
        boolean negative = bytes[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < at; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        value = negative ? -value : value;
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }

    /** Checks a number whose first byte is taken; whether it has neither fraction nor exponent. */
    private boolean skipNumber(byte first) {
        int start = at - 1;
        if (first == '-') {
            first = at < end ? bytes[at++] : 0;
        }
        if (first < '0' || first > '9') {
            throw new Stop(false);
        }
        if (first != '0') {
            skipDigits();
        }
        boolean whole = true;
        if (at < end && bytes[at] == '.') {
            at++;
            whole = false;
            needDigits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            whole = false;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            needDigits();
        }
        if (at - start > MAX_NUMBER_LENGTH) {
            throw new Stop(true);
        }
        return whole;
    }

    private void needDigits() {
        int start = at;
        skipDigits();
        if (at == start) {
            throw new Stop(false);
        }
    }

    private void skipDigits() {
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
    }
}
