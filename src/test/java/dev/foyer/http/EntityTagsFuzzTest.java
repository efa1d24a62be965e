package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A precondition holds exactly when one of the named tags is the current one or anything. */
class EntityTagsFuzzTest implements FuzzTarget {
    private static final String CURRENT = "\"1f2e3d\"";

    @Override
    public List<byte[]> corpus() {
        return List.of(
                bytes(CURRENT),
                bytes("\"a\" , " + CURRENT + ",\"b\""),
                bytes("*"),
                bytes("\"*\""),
                bytes("W/" + CURRENT));
    }

    @Override
    public List<String> words() {
        return List.of(CURRENT, "*", "\"*\"", "W/", ",", " ", "\t", "\"", "\u0000");
    }

    @Override
    public Object examine(byte[] input) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        boolean names = header.contains(CURRENT) || header.contains("*");
        try {
            EntityTags.require(header, CURRENT);
            assertTrue(names, "holds, though it names nothing");
            return true;
        } catch (RequestRefusal refusal) {
            assertEquals(HttpError.PRECONDITION_FAILED, refusal.error());
            for (String part : header.split(",", -1)) {
                assertTrue(!part.strip().equals(CURRENT), "does not hold, though it names the tag");
            }
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
