package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
    private static final List<String> SCHEMAS = List.of(
            "{\"type\":\"string\",\"minLength\":2,\"maxLength\":3}",
            "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}",
            "{\"type\":[\"integer\",\"null\"]}",
            "{\"type\":\"integer\",\"minimum\":-1,\"maximum\":2}",
            "{\"type\":\"number\",\"minimum\":0.5}",
            "{\"enum\":[\"ab\",1,null]}",
            "{\"const\":\"ab\"}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":2,\"uniqueItems\":true}",
            "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"integer\"}},"
                    + "\"additionalProperties\":false}",
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"},\"minProperties\":1,"
                    + "\"maxProperties\":2}",
            "{\"type\":\"boolean\"}",
            "{\"type\":\"null\"}",
            "{}");

    /** The same verdict as a validator that is not ours, for values made at random. */
    @Test
    void agreesWithAnotherValidator() {
        Random random = new Random(1);
        JsonSchemas ours = new JsonSchemas(Map.of());
        int good = 0;
        for (String text : SCHEMAS) {
            Schema theirs = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
            Map<String, Object> schema = new JsonObject(text).getMap();
            ours.requireKnown(schema);
            for (int i = 0; i < 400; i++) {
                String value = Json.encode(value(random, 2));
                boolean valid = theirs.validate(value, InputFormat.JSON).isEmpty();
                assertEquals(valid, ours.check(schema, decoded(value)).isEmpty(), text + " " + value);
                good += valid ? 1 : 0;
            }
        }
        assertEquals(true, good > 500 && good < 400 * SCHEMAS.size() - 500, "good: " + good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "a\u0085", "\n", "", "a b"})
    void endsPatternsAtTheVeryEnd(String text) {
        Map<String, Object> schema = Map.of("pattern", "^[a-z]+$");
        assertEquals(
                List.of(new JsonSchemas.Violation("", "must match ^[a-z]+$")),
                new JsonSchemas(Map.of()).check(schema, text));
    }

    @Test
    void pointsAtWhatIsWrong() {
        Map<String, Object> schema = new JsonObject(
                        "{\"properties\":{\"a/b~\":{\"items\":{\"required\":[\"x\"]}}},\"additionalProperties\":false}")
                .getMap();
        assertEquals(
                List.of(
                        new JsonSchemas.Violation("/a~1b~0/1/x", "is missing"),
                        new JsonSchemas.Violation("/c", "is not known")),
                new JsonSchemas(Map.of())
                        .check(schema, decoded("{\"a/b~\":[{\"x\":1},{}],\"c\":1}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"anyOf\":[{}]}",
                "{\"not\":{}}",
                "{\"oneOf\":[{}]}",
                "{\"properties\":{\"a\":{\"items\":{\"contains\":{}}}}}",
                "{\"$ref\":\"#/components/schemas/None\"}"
            })
    void refusesSchemasThatItWouldHalfUnderstand(String text) {
        Map<String, Object> schema = new JsonObject(text).getMap();
        assertThrows(IllegalStateException.class, () -> new JsonSchemas(Map.of()).requireKnown(schema));
    }

    private static Object decoded(String json) {
        Object value = Json.decodeValue("[" + json + "]");
        return ((JsonArray) value).getList().getFirst();
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(-3, 5);
            case 3 -> random.nextInt(-3, 5) + (random.nextBoolean() ? 0.0 : 0.5);
            case 4 -> List.of("", "a", "ab", "abc", "abcd", "\ud83d\ude00b", "A").get(random.nextInt(7));
            case 5 -> List.of("ab", 1).get(random.nextInt(2));
            case 6, 7 -> {
                JsonObject object = new JsonObject();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.put(List.of("a", "b", "c").get(random.nextInt(3)), value(random, depth - 1));
                }
                yield object;
            }
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield new JsonArray(list);
            }
        };
    }
}
