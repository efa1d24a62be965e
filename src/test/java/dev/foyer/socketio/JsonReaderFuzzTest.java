package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.HeapUse;
import dev.foyer.fuzz.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what Jackson reads, as the same values, and what is written of it is read as the same again. */
class JsonReaderFuzzTest implements FuzzTarget {
    private static final int DEEPEST = 40;
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public List<byte[]> corpus() {
        return List.of(
                bytes("{\"a\":[1,-2.5e3,true,false,null],\"b\":{\"c\":\"d\\u20ac\\n\"}}"),
                bytes("[\"joinRoom\",{\"callId\":\"r\",\"userId\":\"u\",\"deep\":{\"x\":[{}]}},9007199254740993]"),
                bytes("[{\"_placeholder\":true,\"num\":0},\"\\ud83d\\ude00\u20ac\ud83d\ude00\"]"),
                bytes("[".repeat(20) + "]".repeat(20)),
                bytes("{\"__proto__\":{\"constructor\":1},\"\":0}"),
                bytes("-0.0e-1"),
                bytes(" \"\\\\\\\"\\/\\b\\f\\n\\r\\t\" "));
    }

    @Override
    public List<String> words() {
        return JsonWords.ALL;
    }

    @Override
    public int runs() {
        return 10_000;
    }

    /** Most of it is Jackson's and the comparison's. */
    @Override
    public long heapBound(int length) {
        return 64_000 + 2_000L * length;
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        Object seen = Surroundings.areNotSeen(input, (buffer, offset, length) -> see(buffer, offset, length, null));
        Surroundings.areNotSeen(input, (buffer, offset, length) -> see(buffer, offset, length, List.of(new byte[3])));
        JsonReader.Result result = JsonReader.read(input, 0, input.length, null);
        long cost = HeapUse.of(() -> JsonReader.read(input, 0, input.length, null));
        assertTrue(cost <= 2_000 + 60L * input.length, input.length + " bytes cost " + cost);
        compare(input, result);
        return List.of(result.getClass().getSimpleName(), seen.hashCode() % 64);
    }

    private static String see(byte[] buffer, int offset, int length, List<byte[]> attachments) {
        return switch (JsonReader.read(buffer, offset, length, attachments)) {
            case JsonReader.Result.Value(Object value) -> {
                String written = write(value);
                if (attachments == null) {
                    byte[] again = bytes(written);
                    JsonReader.Result second = JsonReader.read(again, 0, again.length, null);
                    assertEquals(written, write(((JsonReader.Result.Value) second).value()));
                    assertTrue(written.length() <= 6 * length + 400, length + " became " + written.length());
                }
                yield written;
            }
            case JsonReader.Result.TooComplex(boolean array, String head) -> "too complex " + array + head;
            case JsonReader.Result.Malformed() -> "malformed";
        };
    }

    private static String write(Object value) {
        JsonWriter writer = new JsonWriter(0);
        writer.value(value);
        int binary = writer.attachments().stream().mapToInt(each -> each.length).sum();
        return new String(writer.finish(new byte[0], 0), StandardCharsets.UTF_8) + (binary > 0 ? " " + binary : "");
    }

    /** Jackson takes some things that are no JSON in UTF-8, and numbers of any length: there it has no say. */
    private static void compare(byte[] input, JsonReader.Result result) {
        String text = new String(input, StandardCharsets.UTF_8);
        boolean utf8 = Arrays.equals(bytes(text), input)
                && text.indexOf('\ufeff') < 0
                // Of a hexadecimal digit Jackson looks at the low byte only, and so takes others for one.
                && !text.matches("(?s).*\\\\u[0-9a-fA-F]{0,3}[^\\x00-\\x7f].*");
        Object theirs;
        try {
            theirs = JACKSON.readValue(text, Object.class);
        } catch (JacksonException _) {
            assertTrue(
                    !(result instanceof JsonReader.Result.Value) || depth(input) > DEEPEST || hasLongNumber(text),
                    "is read, though it is no JSON");
            return;
        }
        if (utf8 && result instanceof JsonReader.Result.Value(Object ours)) {
            assertEquals(normal(theirs), normal(ours));
        } else if (utf8) {
            assertTrue(result instanceof JsonReader.Result.TooComplex || hasLongNumber(text), "is JSON, but not read");
        }
    }

    private static boolean hasLongNumber(String text) {
        return text.matches("(?s).*[0-9]{30,}.*");
    }

    private static int depth(byte[] input) {
        int depth = 0;
        for (byte each : input) {
            depth += each == '[' || each == '{' ? 1 : 0;
        }
        return depth;
    }

    /** Maps and lists as text in a fixed order; numbers by their value as doubles, which is all that JavaScript has. */
    private static String normal(Object value) {
        return switch (value) {
            case null -> "null";
            case Number number -> Double.toString(number.doubleValue() + 0.0);
            case Map<?, ?> map -> {
                StringBuilder text = new StringBuilder("{");
                map.entrySet().stream()
                        .sorted((a, b) -> ((String) a.getKey()).compareTo((String) b.getKey()))
                        .forEach(entry -> text.append(entry.getKey())
                                .append(':')
                                .append(normal(entry.getValue()))
                                .append(','));
                yield text.append('}').toString();
            }
            case List<?> list -> {
                StringBuilder text = new StringBuilder("[");
                list.forEach(each -> text.append(normal(each)).append(','));
                yield text.append(']').toString();
            }
            default -> value.getClass().getSimpleName() + value;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
