package dev.foyer.documentation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares JSON that the server writes with the types that the documentation gives it. */
final class ShownFields {
    private final Map<String, FieldType> objects;
    private final Set<String> seen;

    /**
     * @param objects what the names of types stand for
     * @param seen takes each field that was there, as {@code owner.field}
     */
    ShownFields(Map<String, FieldType> objects, Set<String> seen) {
        this.objects = objects;
        this.seen = seen;
    }

    /** Fails where a value is not what its type says, or a type names what there is not. */
    void check(String what, FieldType type, Object value) {
        switch (type) {
            case FieldType.Named named -> {
                FieldType meant = objects.get(named.name());
                if (meant == null) {
                    throw new AssertionError(what + ": " + named.name() + " is not documented");
                }
                check(named.name(), meant, value);
            }
            case FieldType.Listed listed -> {
                if (!(value instanceof List<?> list)) {
                    throw new AssertionError(what + " is no list: " + value);
                }
                list.forEach(element -> check(what + "[]", listed.of(), element));
            }
            case FieldType.Simple simple -> checkSimple(what, simple, value);
            case FieldType.Fields fields -> checkFields(what, fields.fields(), value);
        }
    }

    private void checkFields(String what, Map<String, FieldType.Field> fields, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new AssertionError(what + " is no object: " + value);
        }
        Set<String> names = new TreeSet<>();
        map.keySet().forEach(name -> names.add(String.valueOf(name)));
        names.forEach(name -> seen.add(what + "." + name));
        Set<String> undocumented = new TreeSet<>(names);
        undocumented.removeAll(fields.keySet());
        if (!undocumented.isEmpty()) {
            throw new AssertionError(what + " has fields that are not documented: " + undocumented);
        }
        fields.forEach((name, field) -> {
            Object inside = map.get(name);
            if (inside != null) {
                check(what + "." + name, field.type(), inside);
            } else if (!field.optional()) {
                throw new AssertionError(what + " may be without " + name + ": " + value);
            }
        });
    }

    private static void checkSimple(String what, FieldType.Simple type, Object value) {
        boolean right = switch (type.word()) {
            // Socket.IO writes enums by their toString.
            case "string" -> value instanceof String || value instanceof Enum;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "object" -> value instanceof Map;
            default -> true;
        };
        if (!right) {
            throw new AssertionError(what + " is no " + type.word() + ": " + value);
        }
    }
}
