package dev.foyer.socketio;

import java.util.List;

/** Words of JSON in unexpected forms. */
public final class JsonWords {
    public static final List<String> ALL = List.of(
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "\\udc00",
            "\\u0000",
            "null",
            "true",
            "false",
            "-",
            "1e999",
            "1E-5",
            "0.",
            ".5",
            "00",
            "-0",
            "18446744073709551616",
            "999999999999999999",
            "1".repeat(410),
            "[".repeat(40),
            "{\"a\":".repeat(40),
            "{}",
            "[]",
            "\"\":",
            "\"a\":1,",
            "\"__proto__\":",
            "\"constructor\":{\"prototype\":",
            "{\"_placeholder\":true,\"num\":0}",
            "{\"_placeholder\":true,\"num\":-1}",
            "{\"_placeholder\":true,\"num\":0},".repeat(30),
            "\u0000",
            "\u20ac",
            "\ud83d\ude00",
            " ",
            "\n",
            "\ufeff",
            "NaN",
            "Infinity",
            "'a'",
            "//");

    private JsonWords() {}
}
