package dev.foyer.protocol.sdp;

/**
 * Walks over the lines of a description, LF or CRLF. Empty lines are passed over: some clients end with one too many.
 *
 * <p>Sentences of what is wrong name the line by its number and never repeat it: it may hold an address or a password.
 */
final class LineReader {
    static final int MAX_LENGTH = 256 * 1024;
    static final int MAX_LINES = 16_384;
    static final int MAX_LINE_LENGTH = 4096;

    private final String text;
    private int next;
    private int number;
    private char type;
    private String value = "";

    LineReader(String text) throws SdpException {
        if (text.length() > MAX_LENGTH) {
            throw new SdpException("longer than " + MAX_LENGTH + " characters");
        }
        this.text = text;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws SdpException {
        while (next < text.length()) {
            int end = text.indexOf('\n', next);
            int lineEnd = end < 0 ? text.length() : end;
            int from = next;
            next = end < 0 ? lineEnd : end + 1;
            number++;
            if (number > MAX_LINES) {
                throw new SdpException("more than " + MAX_LINES + " lines");
            }
            int to = lineEnd > from && text.charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
            if (to > from) {
                take(from, to);
                return true;
            }
        }
        return false;
    }

    private void take(int from, int to) throws SdpException {
        check(to - from <= MAX_LINE_LENGTH, "is longer than " + MAX_LINE_LENGTH + " characters");
        type = text.charAt(from);
        check(to - from >= 2 && text.charAt(from + 1) == '=' && type >= 'a' && type <= 'z', "is not <letter>=<value>");
        for (int i = from + 2; i < to; i++) {
            char character = text.charAt(i);
            check((character >= ' ' && character != 127) || character == '\t', "has a control character");
        }
        value = text.substring(from + 2, to);
    }

    /** The letter before the equals sign. */
    char type() {
        return type;
    }

    /** What follows the equals sign. */
    String value() {
        return value;
    }

    /** An attribute's name: the value up to the first colon. */
    String attributeName() {
        int colon = value.indexOf(':');
        return colon < 0 ? value : value.substring(0, colon);
    }

    /** The fields of an attribute's value; none when it has no value. */
    Fields attributeFields() {
        int colon = value.indexOf(':');
        return new Fields(this, colon < 0 ? "" : value.substring(colon + 1));
    }

    Fields fields() {
        return new Fields(this, value);
    }

    void check(boolean condition, String sentence) throws SdpException {
        if (!condition) {
            throw wrong(sentence);
        }
    }

    /** Refuses this line: {@code line 12 <sentence>}. */
    SdpException wrong(String sentence) {
        return new SdpException("line " + number + " " + sentence);
    }
}
