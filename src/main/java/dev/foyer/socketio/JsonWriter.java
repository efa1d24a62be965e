package dev.foyer.socketio;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes JDK values as UTF-8 JSON, as {@code JSON.stringify} would: infinite numbers become null, whole doubles have no
 * fraction, and an unpaired surrogate is escaped. Binary values are collected as attachments, with a placeholder in their
 * place.
 */
final class JsonWriter {
    private static final int MAX_DEPTH = 100;
    private static final double MAX_SAFE_INTEGER = 9_007_199_254_740_991.0;
    /** Bytes of the longest form that one character can take. */
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int position;
    private final int start;
    private final List<byte[]> attachments = new ArrayList<>(0);

    /** Starts with room for a header of up to {@code reserve} bytes that {@link #finish} will put in front. */
    JsonWriter(int reserve) {
        buffer = new byte[reserve + 512];
        start = reserve;
        position = reserve;
    }

    /** Binary values met so far, in the order of their placeholders. */
    List<byte[]> attachments() {
        return attachments;
    }

    /** The header, then everything written. */
    byte[] finish(byte[] header, int headerLength) {
        int from = start - headerLength;
        System.arraycopy(header, 0, buffer, from, headerLength);
        return Arrays.copyOfRange(buffer, from, position);
    }

    /** Writes one ASCII character as it is. */
    void raw(char c) {
        ensure(1);
        buffer[position++] = (byte) c;
    }

    /** Writes a value. */
    void value(@Nullable Object value) {
        value(value, 0);
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case null -> ascii("null");
            case String string -> string(string);
            case Boolean flag -> ascii(flag ? "true" : "false");
            case Number number -> number(number);
            case UnreadJson unread -> bytes(unread.json());
            case Map<?, ?> map -> object(map, depth + 1);
            case Collection<?> list -> array(list, depth + 1);
            case Object[] list -> array(Arrays.asList(list), depth + 1);
            case byte[] bytes -> attachment(bytes);
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                attachment(copy);
            }
            case CharSequence text -> string(text.toString());
            case Enum<?> constant -> string(constant.toString());
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map, int depth) {
        checkDepth(depth);
        raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                raw(',');
            }
            first = false;
            if (!(entry.getKey() instanceof String name)) {
                throw new IllegalArgumentException("a JSON object has string keys");
            }
            string(name);
            raw(':');
            value(entry.getValue(), depth);
        }
        raw('}');
    }

    private void array(Collection<?> list, int depth) {
        checkDepth(depth);
        raw('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                raw(',');
            }
            first = false;
            value(element, depth);
        }
        raw(']');
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a JSON value deeper than " + MAX_DEPTH);
        }
    }

    private void attachment(byte[] bytes) {
        ascii("{\"_placeholder\":true,\"num\":");
        ascii(Integer.toString(attachments.size()));
        raw('}');
        attachments.add(bytes);
    }

    private void number(Number number) {
        switch (number) {
            case Double real -> real(real, real.toString());
            case Float real -> real(real.doubleValue(), real.toString());
            case Integer _, Long _, Short _, Byte _, BigInteger _, BigDecimal _, AtomicInteger _, AtomicLong _ ->
                ascii(number.toString());
            default -> throw new IllegalArgumentException("no JSON number: " + number.getClass());
        }
    }

    private void real(double value, String text) {
        if (!Double.isFinite(value)) {
            ascii("null");
        } else if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE_INTEGER) {
            ascii(Long.toString((long) value));
        } else {
            ascii(text);
        }
    }

    private void ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            buffer[position++] = (byte) text.charAt(i);
        }
    }

    private void bytes(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, buffer, position, json.length);
        position += json.length;
    }

    private void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length + 2);
        buffer[position++] = '"';
        // The encoder puts a question mark, as short as ASCII, in the place of an unpaired surrogate.
        if (utf8.length == text.length() && text.equals(new String(utf8, StandardCharsets.ISO_8859_1))) {
            ascii(utf8);
        } else {
            mixed(text);
        }
        ensure(1);
        buffer[position++] = '"';
    }

    private void ascii(byte[] utf8) {
        int at = 0;
        while (true) {
            int run = JsonStrings.special(utf8, at, utf8.length);
            ensure(utf8.length - at + LONGEST_ESCAPE);
            System.arraycopy(utf8, at, buffer, position, run - at);
            position += run - at;
            if (run == utf8.length) {
                return;
            }
            escape((char) utf8[run]);
            at = run + 1;
        }
    }

    private void mixed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            // The rest needs at least one byte each.
            ensure(length - i + LONGEST_ESCAPE);
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c >= 0x20 && c != '"' && c != '\\') {
                    buffer[position++] = (byte) c;
                } else {
                    escape(c);
                }
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                unicodeEscape(c);
            } else if (c < 0x800) {
                buffer[position++] = (byte) (0xC0 | (c >> 6));
                buffer[position++] = (byte) (0x80 | (c & 0x3F));
            } else {
                buffer[position++] = (byte) (0xE0 | (c >> 12));
                buffer[position++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                buffer[position++] = (byte) (0x80 | (c & 0x3F));
            }
        }
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> shortEscape(c);
            case '\n' -> shortEscape('n');
            case '\r' -> shortEscape('r');
            case '\t' -> shortEscape('t');
            case '\b' -> shortEscape('b');
            case '\f' -> shortEscape('f');
            default -> unicodeEscape(c);
        }
    }

    private void shortEscape(char c) {
        buffer[position++] = '\\';
        buffer[position++] = (byte) c;
    }

    private void unicodeEscape(char c) {
        buffer[position++] = '\\';
        buffer[position++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[position++] = HEX[(c >> shift) & 0xF];
        }
    }

    private void fourBytes(int codePoint) {
        buffer[position++] = (byte) (0xF0 | (codePoint >> 18));
        buffer[position++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        buffer[position++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        buffer[position++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void ensure(int bytes) {
        if (buffer.length - position < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + bytes));
        }
    }
}
