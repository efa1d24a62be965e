package dev.foyer.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.TopologyMode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FieldsTest {
    private static Fields field(Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put("f", value);
        return Fields.of(map);
    }

    private static void assertInvalid(Executable reading) {
        RoomException refusal = assertThrows(RoomException.class, reading);
        assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal.code());
    }

    @Test
    void readsWhatIsThere() {
        assertEquals("x", field("x").text("f", 1));
        assertEquals("", field("").longText("f", 1));
        assertEquals(7, field(7).integer("f", 7, 7));
        assertEquals(7, field(7L).number("f", 0, 10));
        assertEquals(0.5, field(0.5).real("f", 0, 1));
        assertEquals(1.0, field(1).real("f", 0, 1));
        assertTrue(field(true).flag("f"));
        assertEquals(TopologyMode.P2P, field("p2p").word("f", TopologyMode.class));
        assertEquals("y", field(Map.of("g", "y")).object("f").text("g", 1));
        assertEquals(List.of("y"), field(List.of(Map.of("g", "y"))).list("f", 1, element -> element.text("g", 1)));
        assertEquals(Map.of("g", List.of(1)), field(Map.of("g", List.of(1))).freeObject("f", 100));
    }

    @Test
    void absentAndNullAreTheSame() {
        for (Fields fields : List.of(field(null), Fields.of(Map.of()))) {
            assertNull(fields.optionalText("f", 1));
            assertNull(fields.optionalInteger("f", 0, 1));
            assertNull(fields.optionalNumber("f", 0, 1));
            assertNull(fields.optionalReal("f", 0, 1));
            assertNull(fields.optionalFlag("f"));
            assertNull(fields.optionalWord("f", TopologyMode.class));
            assertNull(fields.optionalObject("f"));
            assertNull(fields.freeObject("f", 10));
            assertEquals(List.of(), fields.list("f", 1, element -> element));
            assertTrue(fields.flag("f", true));
            assertInvalid(() -> fields.text("f", 1));
            assertInvalid(() -> fields.longText("f", 1));
            assertInvalid(() -> fields.integer("f", 0, 1));
            assertInvalid(() -> fields.real("f", 0, 1));
            assertInvalid(() -> fields.flag("f"));
            assertInvalid(() -> fields.word("f", TopologyMode.class));
            assertInvalid(() -> fields.object("f"));
        }
    }

    @Test
    void coercesNothing() {
        List<Object> values = new ArrayList<>(Arrays.asList(
                1, 1.5, true, "1", "true", List.of(), Map.of(), new byte[1], BigInteger.TWO.pow(70), Double.NaN));
        for (Object value : values) {
            Fields fields = field(value);
            if (!(value instanceof String)) {
                assertInvalid(() -> fields.text("f", 9));
                assertInvalid(() -> fields.longText("f", 9));
            }
            assertInvalid(() -> fields.word("f", TopologyMode.class));
            if (!(value instanceof Integer)) {
                assertInvalid(() -> fields.integer("f", 0, 9));
            }
            if (!(value instanceof Integer || value.equals(1.5))) {
                assertInvalid(() -> fields.real("f", 0, 9));
            }
            if (!(value instanceof Boolean)) {
                assertInvalid(() -> fields.flag("f"));
            }
            if (!(value instanceof List)) {
                assertInvalid(() -> fields.list("f", 9, element -> element));
            }
            if (!(value instanceof Map)) {
                assertInvalid(() -> fields.object("f"));
                assertInvalid(() -> fields.freeObject("f", 9));
                assertInvalid(() -> Fields.of(value));
            }
        }
    }

    @Test
    void keepsSizesAndRanges() {
        assertInvalid(() -> field("").text("f", 9));
        assertInvalid(() -> field("xx").text("f", 1));
        assertInvalid(() -> field("a\nb").text("f", 9));
        assertInvalid(() -> field("xx").longText("f", 1));
        assertInvalid(() -> field(-1).integer("f", 0, 9));
        assertInvalid(() -> field(10).integer("f", 0, 9));
        assertInvalid(() -> field(1L << 32).number("f", 0, Integer.MAX_VALUE));
        assertInvalid(() -> field(1.1).real("f", 0, 1));
        assertInvalid(() -> field(Double.POSITIVE_INFINITY).real("f", 0, 1));
        assertInvalid(() -> field(List.of(Map.of(), Map.of())).list("f", 1, element -> element));
        assertInvalid(() -> field(List.of(1)).list("f", 1, element -> element));
        assertInvalid(() -> field(Map.of("g", "x".repeat(100))).freeObject("f", 100));
        assertInvalid(() -> field(Map.of("x".repeat(100), 1)).freeObject("f", 100));
        assertInvalid(() -> field(Map.of("g", new ArrayList<>(Collections.nCopies(60, null))))
                .freeObject("f", 100));
        assertInvalid(() -> field(Map.of("g", new byte[1])).freeObject("f", 100));
    }

    @Test
    void depthEndsAtThirtyTwo() {
        assertEquals(1, field(nested(31)).freeObject("f", 10_000).size());
        assertInvalid(() -> field(nested(32)).freeObject("f", 10_000));
        assertInvalid(() -> field(nested(100_000)).freeObject("f", 1_000_000_000));
    }

    private static Map<String, Object> nested(int depth) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 1; i < depth; i++) {
            Map<String, Object> outer = new HashMap<>();
            outer.put("g", map);
            map = outer;
        }
        map.put("h", 1);
        return depth > 1 ? Map.of("top", map) : map;
    }

    @Test
    void namesTheFieldInItsPlace() {
        RoomException refusal = assertThrows(
                RoomException.class,
                () -> Fields.of(Map.of("a", Map.of("b", 1))).object("a").text("b", 5));
        assertEquals("Invalid message: a.b must be a string of 1 to 5 printable characters", refusal.getMessage());
    }
}
