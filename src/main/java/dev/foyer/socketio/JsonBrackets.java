package dev.foyer.socketio;

import java.util.BitSet;

/**
 * Checks in one pass, without recursion, that brackets and strings of a JSON text are closed. It tells a text that is
 * only too deep for {@link JsonReader} from one that is cut off or no JSON at all.
 */
final class JsonBrackets {
    private JsonBrackets() {}

    /** Whether the range is one bracketed text, properly nested, with nothing but white space around it. */
    static boolean balanced(byte[] bytes, int offset, int length) {
        BitSet squares = new BitSet();
        int depth = 0;
        boolean closed = false;
        for (int i = offset, end = offset + length; i < end; i++) {
            byte b = bytes[i];
            if (closed) {
                if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                    return false;
                }
                continue;
            }
            switch (b) {
                case '"' -> {
                    i = closingQuote(bytes, i + 1, end);
                    if (i == end) {
                        return false;
                    }
                }
                case '[', '{' -> squares.set(depth++, b == '[');
                case ']', '}' -> {
                    if (depth == 0 || squares.get(--depth) != (b == ']')) {
                        return false;
                    }
                    closed = depth == 0;
                }
                default -> {}
            }
        }
        return closed;
    }

    private static int closingQuote(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '"') {
                return i;
            }
            if (bytes[i] == '\\') {
                i++;
            }
        }
        return end;
    }
}
