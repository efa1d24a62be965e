package dev.foyer.documentation;

import java.util.LinkedHashMap;
import java.util.Map;

/** A type as the documentation writes it: {@code {a: string, b?: Thing[]}}. */
public sealed interface FieldType {
    /** One of the words {@code string}, {@code number}, {@code boolean}, {@code object} and {@code any}. */
    record Simple(String word) implements FieldType {}

    /** An object that has a row of its own. */
    record Named(String name) implements FieldType {}

    /** A list. */
    record Listed(FieldType of) implements FieldType {}

    /** An object whose fields stand right here. */
    record Fields(Map<String, Field> fields) implements FieldType {}

    /** One field of an object. */
    record Field(FieldType type, boolean optional) {}

    /** Reads a type; fails on anything else. */
    static FieldType parse(String text) {
        Parser parser = new Parser(text);
        FieldType type = parser.type();
        parser.skip();
        if (parser.at != text.length()) {
            throw parser.wrong();
        }
        return type;
    }

    /** A reader of one type. */
    final class Parser {
        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private FieldType type() {
            FieldType type = accept("{") ? fields() : named(word());
            while (accept("[]")) {
                type = new Listed(type);
            }
            return type;
        }

        private FieldType fields() {
            Map<String, Field> fields = new LinkedHashMap<>();
            while (!accept("}")) {
                if (!fields.isEmpty()) {
                    expect(",");
                }
                String name = word();
                boolean optional = accept("?");
                expect(":");
                if (fields.put(name, new Field(type(), optional)) != null) {
                    throw wrong();
                }
            }
            return new Fields(fields);
        }

        private static FieldType named(String word) {
            return switch (word) {
                case "string", "number", "boolean", "object", "any" -> new Simple(word);
                default -> new Named(word);
            };
        }

        private String word() {
            skip();
            int start = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw wrong();
            }
            return text.substring(start, at);
        }

        private void expect(String what) {
            if (!accept(what)) {
                throw wrong();
            }
        }

        private boolean accept(String what) {
            skip();
            if (!text.startsWith(what, at)) {
                return false;
            }
            at += what.length();
            return true;
        }

        private void skip() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private AssertionError wrong() {
            return new AssertionError("not a type at " + at + ": " + text);
        }
    }
}
