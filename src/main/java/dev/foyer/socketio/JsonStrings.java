package dev.foyer.socketio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The strings of one JSON text in UTF-8 (RFC 8259, section 7; RFC 3629, section 4). Eight bytes at a time are passed over
 * while none of them means anything; a session description is little else.
 */
final class JsonStrings {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private static final int UNICODE_DIGITS = 4;

    private final byte[] bytes;
    private final int end;

    // About the string that was skipped last.
    private int closingQuote;
    private boolean escaped;
    private boolean ascii;

    JsonStrings(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /**
     * The first byte from a position on that is no ordinary character of a string: a quote, a backslash, a control
     * character, or not ASCII.
     *
     * @return its position, or {@code end} if there is none
     */
    static int special(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = (long) EIGHT_BYTES.get(bytes, at);
            // In each term the lowest marked byte is surely meant; a borrow can mark only bytes above it.
            long marks = (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | ((word - SPACES) & ~word) | word) & TOPS;
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }

    /**
     * Checks a string.
     *
     * @param start behind its opening quote
     * @return the position behind its closing quote, -1 if it has none or something in it is wrong
     */
    int skip(int start) {
        escaped = false;
        ascii = true;
        int at = special(bytes, start, end);
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                closingQuote = at;
                return at + 1;
            } else if (b == '\\') {
                escaped = true;
                at += escapeLength(at);
            } else if (b < 0) {
                ascii = false;
                at += sequenceLength(at);
            } else {
                return -1;
            }
            // A length of what is wrong leads beyond the end.
            at = at < 0 ? end : special(bytes, Math.min(at, end), end);
        }
        return -1;
    }

    /** Length of an escape sequence; large enough to overflow if it is none. */
    private int escapeLength(int at) {
        if (at + 1 >= end) {
            return Integer.MAX_VALUE;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> unit(at + 2) < 0 ? Integer.MAX_VALUE : 2 + UNICODE_DIGITS;
            default -> Integer.MAX_VALUE;
        };
    }

    /** The UTF-16 code unit of four hexadecimal digits, -1 if they are none. */
    private int unit(int at) {
        if (at + UNICODE_DIGITS > end) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + UNICODE_DIGITS; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Length of a sequence of UTF-8 of more than one byte; large enough to overflow if it is none. */
    private int sequenceLength(int at) {
        int lead = bytes[at] & 0xFF;
        int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
        int length;
        boolean wellFormed;
        if (lead < 0xE0) {
            length = 2;
            wellFormed = lead >= 0xC2 && isTrail(second);
        } else if (lead < 0xF0) {
            length = 3;
            // Neither what two bytes can say nor surrogates.
            wellFormed = second >= (lead == 0xE0 ? 0xA0 : 0x80) && second <= (lead == 0xED ? 0x9F : 0xBF);
        } else {
            length = 4;
            // Neither what three bytes can say nor beyond U+10FFFF.
            wellFormed =
                    lead <= 0xF4 && second >= (lead == 0xF0 ? 0x90 : 0x80) && second <= (lead == 0xF4 ? 0x8F : 0xBF);
        }
        for (int i = at + 2; wellFormed && i < at + length; i++) {
            wellFormed = i < end && isTrail(bytes[i]);
        }
        return wellFormed ? length : Integer.MAX_VALUE;
    }

    private static boolean isTrail(int b) {
        return (b & 0xC0) == 0x80;
    }

    /** The text of the string that was skipped last, which began at {@code start}. */
    String text(int start) {
        if (!escaped) {
            return new String(
                    bytes, start, closingQuote - start, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }
        // Escapes are longer than what they stand for, so this is large enough for what is ASCII.
        byte[] text = new byte[closingQuote - start];
        int length = 0;
        int at = start;
        while (ascii) {
            int run = special(bytes, at, closingQuote) - at;
            System.arraycopy(bytes, at, text, length, run);
            length += run;
            at += run;
            if (at == closingQuote) {
                return new String(text, 0, length, StandardCharsets.ISO_8859_1);
            }
            char unit = unescaped(at);
            if (unit >= 0x80) {
                break;
            }
            text[length++] = (byte) unit;
            at += escapeLength(at);
        }
        StringBuilder mixed = new StringBuilder(closingQuote - start);
        mixed.append(new String(text, 0, length, StandardCharsets.ISO_8859_1));
        while (at < closingQuote) {
            int run = at;
            while (run < closingQuote && bytes[run] != '\\') {
                run++;
            }
            mixed.append(new String(bytes, at, run - at, StandardCharsets.UTF_8));
            at = run;
            if (at < closingQuote) {
                mixed.append(unescaped(at));
                at += escapeLength(at);
            }
        }
        return mixed.toString();
    }

    private char unescaped(int at) {
        return switch (bytes[at + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) unit(at + 2);
            default -> (char) bytes[at + 1];
        };
    }
}
