package dev.foyer.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSON Schema (2020-12, the dialect of OpenAPI 3.1) that requests of the API are described with. Values and
 * schemas are maps, lists, texts, numbers, booleans and null, as JSON is decoded.
 *
 * <p>A schema with a keyword that is not known here is refused when the program starts, rather than half understood.
 */
final class JsonSchemas {
    private static final int MAX_VIOLATIONS = 16;
    private static final String COMPONENTS = "#/components/schemas/";
    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "default", "examples", "format", "deprecated", "writeOnly");
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "oneOf",
            "discriminator");

    private final Map<?, ?> components;

    /** @param components the document's schemas by name */
    JsonSchemas(Map<?, ?> components) {
        this.components = components;
    }

    /**
     * What is wrong with a value.
     *
     * @param at JSON pointer (RFC 6901) to it
     * @param detail one line
     */
    record Violation(String at, String detail) {}

    /** What is wrong with a value, the first few things; empty when it is as the schema says. */
    List<Violation> check(Map<?, ?> schema, @Nullable Object value) {
        List<Violation> violations = new ArrayList<>();
        check(schema, value, "", violations);
        return violations;
    }

    /** Throws an {@link IllegalStateException} for a schema that this class does not understand. */
    void requireKnown(Map<?, ?> schema) {
        requireKnown(schema, new HashSet<>());
    }

    /** The schema behind a reference, or the schema itself. */
    Map<?, ?> resolve(Map<?, ?> schema) {
        if (!(schema.get("$ref") instanceof String reference)) {
            return schema;
        }
        if (reference.startsWith(COMPONENTS)
                && components.get(reference.substring(COMPONENTS.length())) instanceof Map<?, ?> target) {
            return resolve(target);
        }
        throw new IllegalStateException("there is no schema " + reference);
    }

    private void requireKnown(Map<?, ?> unresolved, Set<Map<?, ?>> seen) {
        Map<?, ?> schema = resolve(unresolved);
        if (!seen.add(schema)) {
            return;
        }
        for (Object keyword : schema.keySet()) {
            if (!(keyword instanceof String word)
                    || (!KEYWORDS.contains(word) && !ANNOTATIONS.contains(word) && !word.startsWith("x-"))) {
                throw new IllegalStateException("requests cannot be checked by the keyword " + keyword);
            }
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> rest) {
            requireKnown(rest, seen);
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            requireKnown(items, seen);
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.values().forEach(property -> requireKnown(map(property), seen));
        }
        if (schema.get("oneOf") instanceof List<?> alternatives) {
            if (!(schema.get("discriminator") instanceof Map<?, ?>)) {
                throw new IllegalStateException("oneOf needs a discriminator");
            }
            alternatives.forEach(alternative -> requireKnown(map(alternative), seen));
        }
        if (schema.get("pattern") instanceof String pattern) {
            var _ = compiled(pattern);
        }
    }

    private void check(Map<?, ?> unresolved, @Nullable Object value, String at, List<Violation> violations) {
        if (violations.size() >= MAX_VIOLATIONS) {
            return;
        }
        Map<?, ?> schema = resolve(unresolved);
        if (schema.get("discriminator") instanceof Map<?, ?> discriminator) {
            checkOneOf(discriminator, value, at, violations);
            return;
        }
        if (schema.get("type") != null && !hasType(schema.get("type"), value)) {
            violations.add(new Violation(at, "must be " + words(schema.get("type"))));
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            violations.add(new Violation(at, "must be " + words(allowed)));
        } else if (schema.containsKey("const") && !Objects.equals(schema.get("const"), value)) {
            violations.add(new Violation(at, "must be " + schema.get("const")));
        }
        switch (value) {
            case String text -> checkText(schema, text, at, violations);
            case Number number -> checkNumber(schema, number, at, violations);
            case List<?> list -> checkList(schema, list, at, violations);
            case Map<?, ?> object -> checkObject(schema, object, at, violations);
            case null, default -> {}
        }
    }

    /** The discriminator decides, so that what is said is about the alternative that was meant. */
    private void checkOneOf(Map<?, ?> discriminator, @Nullable Object value, String at, List<Violation> violations) {
        Map<?, ?> mapping = map(discriminator.get("mapping"));
        String name = String.valueOf(discriminator.get("propertyName"));
        if (!(value instanceof Map<?, ?> object)) {
            violations.add(new Violation(at, "must be object"));
        } else if (object.get(name) instanceof String word && mapping.get(word) instanceof String reference) {
            check(Map.of("$ref", reference), value, at, violations);
        } else {
            violations.add(new Violation(at + "/" + name, "must be " + words(List.copyOf(mapping.keySet()))));
        }
    }

    /** In ECMAScript {@code $} is the very end; in Java a line break may follow it. */
    private static Pattern compiled(String pattern) {
        boolean anchored = pattern.endsWith("$") && !pattern.endsWith("\\$");
        return Pattern.compile(anchored ? pattern.substring(0, pattern.length() - 1) + "\\z" : pattern);
    }

    private static void checkText(Map<?, ?> schema, String text, String at, List<Violation> violations) {
        int length = text.codePointCount(0, text.length());
        if (schema.get("minLength") instanceof Number least && length < least.intValue()) {
            violations.add(new Violation(at, "must have at least " + least + " characters"));
        } else if (schema.get("maxLength") instanceof Number most && length > most.intValue()) {
            violations.add(new Violation(at, "must have at most " + most + " characters"));
        } else if (schema.get("pattern") instanceof String pattern
                && !compiled(pattern).matcher(text).find()) {
            violations.add(new Violation(at, "must match " + pattern));
        }
    }

    private static void checkNumber(Map<?, ?> schema, Number number, String at, List<Violation> violations) {
        BigDecimal exact = exact(number);
        if (exact == null) {
            violations.add(new Violation(at, "must be finite"));
        } else if (schema.get("minimum") instanceof Number least && isBelow(exact, least)) {
            violations.add(new Violation(at, "must be at least " + least));
        } else if (schema.get("maximum") instanceof Number most && isAbove(exact, most)) {
            violations.add(new Violation(at, "must be at most " + most));
        }
    }

    private void checkList(Map<?, ?> schema, List<?> list, String at, List<Violation> violations) {
        checkSize(schema, "minItems", "maxItems", list.size(), "items", at, violations);
        if (Boolean.TRUE.equals(schema.get("uniqueItems")) && new HashSet<Object>(list).size() < list.size()) {
            violations.add(new Violation(at, "must not say anything twice"));
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                check(items, list.get(i), at + "/" + i, violations);
            }
        }
    }

    private void checkObject(Map<?, ?> schema, Map<?, ?> object, String at, List<Violation> violations) {
        checkSize(schema, "minProperties", "maxProperties", object.size(), "fields", at, violations);
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!object.containsKey(name)) {
                    violations.add(new Violation(at + "/" + name, "is missing"));
                }
            }
        }
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> named ? named : Map.of();
        object.forEach((name, value) -> {
            String field = at + "/" + escaped(String.valueOf(name));
            if (properties.get(name) instanceof Map<?, ?> property) {
                check(property, value, field, violations);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                violations.add(new Violation(field, "is not known"));
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> rest) {
                check(rest, value, field, violations);
            }
        });
    }

    private static void checkSize(
            Map<?, ?> schema,
            String leastName,
            String mostName,
            int size,
            String what,
            String at,
            List<Violation> violations) {
        if (schema.get(leastName) instanceof Number least && size < least.intValue()) {
            violations.add(new Violation(at, "must have at least " + least + " " + what));
        } else if (schema.get(mostName) instanceof Number most && size > most.intValue()) {
            violations.add(new Violation(at, "must have at most " + most + " " + what));
        }
    }

    private static boolean hasType(@Nullable Object type, @Nullable Object value) {
        if (type instanceof List<?> types) {
            return types.stream().anyMatch(one -> hasType(one, value));
        }
        return switch (String.valueOf(type)) {
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && isWhole(number);
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            default -> throw new IllegalStateException("no type of JSON: " + type);
        };
    }

    private static boolean isWhole(Number number) {
        return switch (number) {
            case Double real -> real == Math.rint(real) && Math.abs(real) <= Long.MAX_VALUE;
            case Float real -> real == Math.rint(real) && Math.abs(real) <= Long.MAX_VALUE;
            case BigDecimal real ->
                real.signum() == 0 || real.stripTrailingZeros().scale() <= 0;
            default -> true;
        };
    }

    private static @Nullable BigDecimal exact(Number number) {
        return Double.isInfinite(number.doubleValue()) || Double.isNaN(number.doubleValue())
                ? null
                : new BigDecimal(number.toString());
    }

    private static boolean isBelow(BigDecimal number, Number least) {
        return number.compareTo(new BigDecimal(least.toString())) < 0;
    }

    private static boolean isAbove(BigDecimal number, Number most) {
        return number.compareTo(new BigDecimal(most.toString())) > 0;
    }

    private static String words(@Nullable Object allowed) {
        return allowed instanceof Collection<?> several
                ? String.join(
                        several.size() == 2 ? " or " : ", ",
                        several.stream().map(String::valueOf).toList())
                : String.valueOf(allowed);
    }

    /** RFC 6901, section 3. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalStateException("not a schema: " + value);
    }
}
