package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringsTest {
    private static final int LENGTH = 40;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String inside) {
        byte[] bytes = bytes(inside + "\"");
        JsonStrings strings = new JsonStrings(bytes, bytes.length);
        assertEquals(bytes.length, strings.skip(0), inside);
        return strings.text(0);
    }

    @Test
    void findsEverySpecialByteWhereverItIs() {
        for (int b = 0; b < 256; b++) {
            boolean special = b < ' ' || b == '"' || b == '\\' || b >= 0x80;
            for (int at = 0; at < LENGTH; at++) {
                byte[] bytes = new byte[LENGTH];
                Arrays.fill(bytes, (byte) '!');
                bytes[at] = (byte) b;
                assertEquals(special ? at : LENGTH, JsonStrings.special(bytes, 0, LENGTH), b + " at " + at);
            }
        }
    }

    @Test
    void findsTheFirstOfSeveral() {
        for (int first = 0; first < LENGTH; first++) {
            byte[] bytes = new byte[LENGTH];
            Arrays.fill(bytes, (byte) '#');
            Arrays.fill(bytes, first, LENGTH, (byte) '"');
            assertEquals(first, JsonStrings.special(bytes, 0, LENGTH));
            assertEquals(first, JsonStrings.special(bytes, 0, first), "looks no further than told");
        }
    }

    @Test
    void readsEscapesAndEveryLengthOfUtf8() {
        assertEquals("", text(""));
        assertEquals("a\"\\/\b\f\n\r\tz", text("a\\\"\\\\\\/\\b\\f\\n\\r\\tz"));
        assertEquals("A\u00e9\u20ac\ud83d\ude00", text("\\u0041\\u00e9\\u20AC\\ud83d\\ude00"));
        assertEquals("\u00e9\n\u20ac\ud83d\ude00\r", text("\u00e9\\n\u20ac\ud83d\ude00\\r"));
        assertEquals("\udc00 alone", text("\\udc00 alone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"open", "\\", "\\\"", "\\x\"", "\\u12\"", "\\u12g4\"", "\\u00e\u00e9\"", "tab\t\"", "nul\0\""})
    void refusesWhatIsNoString(String inside) {
        byte[] bytes = bytes(inside);
        assertEquals(-1, new JsonStrings(bytes, bytes.length).skip(0));
    }

    /** Overlong forms, surrogates, beyond the last code point, and sequences that are cut off at the text's end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "C0 80",
                "C1 BF",
                "C3",
                "E0 9F BF",
                "E2 82",
                "ED A0 80",
                "EF 80",
                "F0 8F BF BF",
                "F0 9F 98",
                "F4 90 80 80",
                "F5 80 80 80",
                "FF"
            })
    void refusesWhatIsNoUtf8(String hex) {
        String[] digits = hex.split(" ", -1);
        byte[] bytes = new byte[digits.length + 1];
        for (int i = 0; i < digits.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits[i], 16);
        }
        bytes[digits.length] = '"';
        assertEquals(-1, new JsonStrings(bytes, bytes.length).skip(0));
        assertEquals(-1, new JsonStrings(bytes, digits.length).skip(0));
    }
}
