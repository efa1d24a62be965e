package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
