package dev.foyer.protocol.sdp;

import java.util.Locale;

/** The blank-separated fields of a value, taken one by one. */
final class Fields {
    private static final int MAX_TOKEN = 256;

    private final LineReader line;
    private final String text;
    private int next;

    Fields(LineReader line, String text) {
        this.line = line;
        this.text = text;
        skipBlanks();
    }

    boolean hasNext() {
        return next < text.length();
    }

    /** The next field of visible ASCII characters, 1 to 256 of them. */
    String token(String name) throws SdpException {
        line.check(hasNext(), "has no " + name);
        int from = next;
        while (next < text.length() && !isBlank(text.charAt(next))) {
            char character = text.charAt(next++);
            line.check(character > ' ' && character < 127, "has a character that " + name + " cannot have");
        }
        line.check(next - from <= MAX_TOKEN, "has a " + name + " of more than " + MAX_TOKEN + " characters");
        String token = text.substring(from, next);
        skipBlanks();
        return token;
    }

    String lowerCaseToken(String name) throws SdpException {
        return token(name).toLowerCase(Locale.ROOT);
    }

    /** The next field as a number without a sign. */
    long number(String name, long min, long max) throws SdpException {
        return number(line, token(name), name, min, max);
    }

    /** All that is left, whatever its characters; may be empty. */
    String rest() {
        String rest = text.substring(next).strip();
        next = text.length();
        return rest;
    }

    static long number(LineReader line, String text, String name, long min, long max) throws SdpException {
        boolean digits = !text.isEmpty() && text.length() <= 18;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        long number = digits ? Long.parseLong(text) : -1;
        line.check(number >= min && number <= max, "has no valid " + name);
        return number;
    }

    private void skipBlanks() {
        while (next < text.length() && isBlank(text.charAt(next))) {
            next++;
        }
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }
}
