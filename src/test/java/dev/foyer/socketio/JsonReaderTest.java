package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonReaderTest {
    private static JsonReader.Result read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonReader.read(bytes, 0, bytes.length, null);
    }

    private static Object value(String json) {
        return assertInstanceOf(JsonReader.Result.Value.class, read(json)).value();
    }

    @Test
    void readsJdkValues() {
        assertEquals(
                Arrays.asList("ev", 1, 2.5, true, false, null, Map.of("a", List.of()), 5_000_000_000L),
                value("[\"ev\",1,2.5,true,false,null,{\"a\":[]},5000000000]"));
        assertEquals(new BigInteger("123456789012345678901"), value("123456789012345678901"));
        assertEquals("é€😀\n", value("\"é€\\ud83d\\ude00\\n\""));
    }

    @Test
    void readsOnlyItsRange() {
        byte[] bytes = "xx[1]yy".getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(1), ((JsonReader.Result.Value) JsonReader.read(bytes, 2, 3, null)).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "[1", "{\"a\"}", "[1]]", "[1] 2", "nope", "[NaN]", "[01]", "\"open", "[1,]", "{'a':1}"})
    void tellsWhatIsNoJson(String json) {
        assertInstanceOf(JsonReader.Result.Malformed.class, read(json));
    }

    @Test
    void tellsInvalidUtf8AndZeroBytes() {
        assertInstanceOf(
                JsonReader.Result.Malformed.class, JsonReader.read(new byte[] {'"', (byte) 0xC3, '"'}, 0, 3, null));
        assertInstanceOf(JsonReader.Result.Malformed.class, JsonReader.read(new byte[] {'[', 0, ']', 0}, 0, 4, null));
    }

    @Test
    void readsThirtyTwoLevelsInsideTheOutermost() {
        assertInstanceOf(JsonReader.Result.Value.class, read("[" + "[".repeat(32) + "]".repeat(32) + "]"));
        assertEquals(
                new JsonReader.Result.TooComplex(true, "ev"), read("[\"ev\"," + "[".repeat(33) + "]".repeat(33) + "]"));
    }

    @Test
    void looksOnlyAtTheFirstElementForAName() {
        assertEquals(
                new JsonReader.Result.TooComplex(true, ""),
                read("[{\"a\":[\"no\"]},\"late\"," + "[".repeat(40) + "]".repeat(40) + "]"));
        assertEquals(
                new JsonReader.Result.TooComplex(false, ""), read("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"));
    }

    @Test
    void survivesAMillionLevels() {
        assertEquals(new JsonReader.Result.TooComplex(true, ""), read("[".repeat(500_000) + "]".repeat(500_000)));
        assertInstanceOf(JsonReader.Result.Malformed.class, read("[".repeat(1_000_000)));
        assertInstanceOf(JsonReader.Result.Malformed.class, read("[".repeat(40) + "}".repeat(40)));
    }

    @Test
    void bracketsInStringsDoNotCount() {
        assertEquals(
                new JsonReader.Result.TooComplex(true, "e\"]"),
                read("[\"e\\\"]\"," + "[".repeat(40) + "\"]\\\\\"" + "]".repeat(40) + "]"));
    }

    @Test
    void refusesNumbersThatTakeLongToRead() {
        assertEquals(new JsonReader.Result.TooComplex(true, "ev"), read("[\"ev\"," + "1".repeat(5_000) + "]"));
    }

    @Test
    void putsAttachmentsInTheirPlaces() {
        byte[] json = "[\"ev\",{\"a\":{\"_placeholder\":true,\"num\":0}}]".getBytes(StandardCharsets.UTF_8);
        byte[] attachment = {1, 2};
        List<?> list = (List<?>)
                ((JsonReader.Result.Value) JsonReader.read(json, 0, json.length, List.of(attachment))).value();
        assertArrayEquals(attachment, (byte[]) ((Map<?, ?>) list.get(1)).get("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "\"0\"", "0.5", "null"})
    void refusesPlaceholdersOfNothing(String num) {
        byte[] json = ("[{\"_placeholder\":true,\"num\":" + num + "}]").getBytes(StandardCharsets.UTF_8);
        assertInstanceOf(
                JsonReader.Result.Malformed.class, JsonReader.read(json, 0, json.length, List.of(new byte[1])));
    }

    @Test
    void passesFieldsOfArgumentsOnAsTheyCame() {
        String field = "{ \"sdp\":\"v=0\\r\\n\", \"n\" : [1.50, {\"x\":null}] }";
        List<?> list = (List<?>) value("[\"ev\",{\"to\":\"a\",\"description\":" + field + "}]");
        UnreadJson unread = assertInstanceOf(UnreadJson.class, ((Map<?, ?>) list.get(1)).get("description"));
        JsonWriter writer = new JsonWriter(0);
        writer.value(unread);

        assertEquals(field, new String(writer.finish(new byte[0], 0), StandardCharsets.UTF_8));
        assertEquals(field.length(), unread.length());
    }

    @Test
    void tellsWhatAnUnreadObjectCannotMention() {
        UnreadJson plain =
                (UnreadJson) ((Map<?, ?>) ((List<?>) value("[\"ev\",{\"o\":{\"a\":\"some words\"}}]")).get(1)).get("o");
        UnreadJson escaped =
                (UnreadJson) ((Map<?, ?>) ((List<?>) value("[\"ev\",{\"o\":{\"\\u0061\":1}}]")).get(1)).get("o");

        assertTrue(plain.mayMention("e w"));
        assertFalse(plain.mayMention("other"));
        assertTrue(escaped.mayMention("a"));
    }

    @Test
    void readsAnUnreadObjectWhenSomebodyLooks() {
        Map<?, ?> argument = (Map<?, ?>) ((List<?>) value("[\"ev\",{\"o\":{\"a\":{\"b\":[1,\"é\"]}}}]")).get(1);

        assertEquals(Map.of("o", Map.of("a", Map.of("b", List.of(1, "é")))), argument);
        assertInstanceOf(UnreadJson.class, argument.get("o"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\"}", "{\"a\":01}", "{\"a\":\"\\x\"}", "{\"a\":tru}", "{\"a\":[1,]}", "{a:1}", "{\"a\":1"})
    void checksWhatItLeavesUnread(String field) {
        assertInstanceOf(JsonReader.Result.Malformed.class, read("[\"ev\",{\"o\":" + field + "}]"));
    }

    @Test
    void limitsWhatItLeavesUnread() {
        JsonReader.Result tooComplex = new JsonReader.Result.TooComplex(true, "ev");

        assertEquals(tooComplex, read("[\"ev\",{\"o\":{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}}]"));
        assertEquals(tooComplex, read("[\"ev\",{\"o\":{\"a\":" + "1".repeat(500) + "}}]"));
        assertEquals(tooComplex, read("[\"ev\",{\"o\":{\"" + "n".repeat(5_000) + "\":1}}]"));
    }

    /** Whatever single bytes are put in the place of others. */
    @Test
    void agreesWithJackson() {
        JsonMapper model = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        String text = "[\"ev\",{\"to\":\"a\",\"o\":{\"s\":\"x\\r\\u00e9\\n\\\"\",\"n\":[-1.5e+3,0,12345678901,true],"
                + "\"e\":{},\"z\":null}},[ ],-7,\"\\ud83d\\ude00\\/\"]";
        byte[] alphabet = "\"\\[]{},:-+.0123456789eEtrufalsn /\t\n\u0001\u007f".getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(11);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] json = text.getBytes(StandardCharsets.US_ASCII);
            for (int i = random.nextInt(3); i >= 0; i--) {
                json[random.nextInt(json.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Object expected;
            try {
                expected = model.readValue(json, Object.class);
            } catch (JacksonException _) {
                expected = JsonReader.Result.Malformed.class;
            }
            JsonReader.Result result = JsonReader.read(json, 0, json.length, null);
            Object actual = result instanceof JsonReader.Result.Value(Object value) ? value : result.getClass();
            assertEquals(expected, actual, () -> new String(json, StandardCharsets.US_ASCII));
            accepted += result instanceof JsonReader.Result.Value ? 1 : 0;
        }
        assertTrue(accepted > 1_000, "too few were JSON: " + accepted);
    }
}
