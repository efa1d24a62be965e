package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static String write(Object value) {
        JsonWriter writer = new JsonWriter(0);
        writer.value(value);
        return new String(writer.finish(new byte[0], 0), StandardCharsets.UTF_8);
    }

    @Test
    void writesAsJsonStringifyDoes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", null);
        map.put("t", true);
        map.put("d", 1.0);
        map.put("f", 0.25f);
        map.put("e", 1e300);
        map.put("x", Double.NaN);
        map.put("l", Long.MIN_VALUE);
        map.put("a", new Object[] {1, "two"});
        map.put("s", CharBuffer.wrap("text"));
        map.put("k", SocketState.SUSPENDED);
        assertEquals(
                "{\"n\":null,\"t\":true,\"d\":1,\"f\":0.25,\"e\":1.0E300,\"x\":null,\"l\":-9223372036854775808,"
                        + "\"a\":[1,\"two\"],\"s\":\"text\",\"k\":\"SUSPENDED\"}",
                write(map));
    }

    @Test
    void escapesWhatJsonMustEscape() {
        assertEquals("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001/\u007f\"", write("\"\\\n\r\t\b\f\u0001/\u007f"));
        assertEquals("\"é€😀\"", write("é€😀"));
        assertEquals("\"\\ude00x\\ud83d\"", write("\ude00x\ud83d"));
    }

    @Test
    void everyTextComesBackFromTheReader() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(700); i > 0; i--) {
                text.appendCodePoint(
                        switch (random.nextInt(5)) {
                            case 0 -> random.nextInt(0x20);
                            case 1 -> 0x80 + random.nextInt(0x700);
                            case 2 -> 0x800 + random.nextInt(0xD000);
                            case 3 -> 0x10000 + random.nextInt(0x1000);
                            default -> 0x20 + random.nextInt(0x60);
                        });
            }
            byte[] json = write(text.toString()).getBytes(StandardCharsets.UTF_8);
            assertEquals(
                    text.toString(), ((JsonReader.Result.Value) JsonReader.read(json, 0, json.length, null)).value());
        }
    }

    @Test
    void collectsBinaryValues() {
        JsonWriter writer = new JsonWriter(0);
        byte[] first = {1};
        writer.value(List.of(first, Map.of("b", ByteBuffer.wrap(new byte[] {0, 2, 3}, 1, 2))));
        assertEquals(
                "[{\"_placeholder\":true,\"num\":0},{\"b\":{\"_placeholder\":true,\"num\":1}}]",
                new String(writer.finish(new byte[0], 0), StandardCharsets.UTF_8));
        assertArrayEquals(first, writer.attachments().get(0));
        assertArrayEquals(new byte[] {2, 3}, writer.attachments().get(1));
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThrows(IllegalArgumentException.class, () -> write(new Object()));
        assertThrows(IllegalArgumentException.class, () -> write(Map.of(1, 2)));
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThrows(IllegalArgumentException.class, () -> write(endless));
    }

    @Test
    void putsAHeaderInFront() {
        JsonWriter writer = new JsonWriter(8);
        writer.value(Arrays.asList(1, null));
        assertEquals(
                "42[1,null]",
                new String(writer.finish("42xx".getBytes(StandardCharsets.US_ASCII), 2), StandardCharsets.UTF_8));
    }
}
