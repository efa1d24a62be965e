package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberContinuityTest {
    private static final int NONE = NumberContinuity.NONE;

    /** Every width, with source and series starting around each wrap. */
    @ParameterizedTest
    @CsvSource({
        "16, 0, 0",
        "16, 65535, 0",
        "16, 65530, 65533",
        "16, 32766, 100",
        "16, 5, 65535",
        "15, 32760, 3",
        "15, 3, 32767",
        "8, 250, 254",
        "8, 127, 0",
        "7, 120, 125",
        "7, 0, 127"
    })
    void closesTheGapsOfDropsAndKeepsThoseOfLosses(int bits, int start, int first) {
        int mask = (1 << bits) - 1;
        NumberContinuity series = new NumberContinuity(bits, first);
        assertFalse(series.joined());
        series.join(start);
        assertFalse(series.started());
        assertEquals(first, series.map(start));
        assertEquals((first + 1) & mask, series.map((start + 1) & mask));
        assertEquals(NONE, series.drop((start + 2) & mask));
        assertEquals(NONE, series.drop((start + 3) & mask));
        assertEquals((first + 2) & mask, series.map((start + 4) & mask));
        // start + 5 and + 6 are lost for now.
        assertEquals((first + 5) & mask, series.map((start + 7) & mask));
        assertEquals(NONE, series.drop((start + 8) & mask));
        assertEquals((first + 6) & mask, series.map((start + 9) & mask));
        // Late ones find their own places, repeated ones the same as before.
        assertEquals((first + 3) & mask, series.map((start + 5) & mask));
        assertEquals((first + 2) & mask, series.map((start + 4) & mask));
        assertEquals(NONE, series.map((start + 3) & mask));
        // A late drop leaves a hole that is told once.
        assertEquals((first + 4) & mask, series.drop((start + 6) & mask));
        assertEquals(NONE, series.drop((start + 6) & mask));
        assertEquals(NONE, series.map((start + 6) & mask));
        assertEquals((first + 6) & mask, series.highestOutput());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32768, 65534, 65535})
    void goesOnWithoutAGapInAnotherSource(int start) {
        NumberContinuity series = new NumberContinuity(16, 500);
        series.join(10);
        assertEquals(500, series.map(10));
        assertEquals(503, series.map(13));
        series.join(start);
        assertEquals(NONE, series.map((start - 1) & 0xFFFF), "from before the join");
        assertEquals(504, series.map(start));
        assertEquals(NONE, series.map((start - 1) & 0xFFFF), "still from before the join");
        assertEquals(505, series.map((start + 1) & 0xFFFF));
        assertTrue(series.started());
    }

    @Test
    void forgetsWhatIsBehindTheWindow() {
        NumberContinuity series = new NumberContinuity(16, 0);
        series.join(0);
        series.map(0);
        assertEquals(3000, series.map(3000));
        assertEquals(NONE, series.map(3000 - 1024));
        assertEquals(3000 - 1023, series.map(3000 - 1023));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32768, 65_530, 65_535})
    void findsTheInputOfAnOutput(int start) {
        NumberContinuity series = new NumberContinuity(16, 65_534);
        series.join(start);
        series.map(start);
        series.drop((start + 1) & 0xFFFF);
        series.drop((start + 2) & 0xFFFF);
        series.map((start + 5) & 0xFFFF);
        assertEquals(start, series.inputOf(65_534));
        assertEquals((start + 3) & 0xFFFF, series.inputOf(65_535), "expected, but not seen yet");
        assertEquals((start + 4) & 0xFFFF, series.inputOf(0));
        assertEquals((start + 5) & 0xFFFF, series.inputOf(1));
        assertEquals(NONE, series.inputOf(2), "not promised yet");
        assertEquals(NONE, series.inputOf(65_533), "before the join");
    }

    /** Random losses, reordering and drops against a model that knows the whole future. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30000, 65000, 65500, 65535})
    void agreesWithAModel(int start) {
        Random random = new Random(start);
        for (int round = 0; round < 20; round++) {
            NumberContinuity series = new NumberContinuity(16, random.nextInt(65536));
            series.join(start);
            Map<Integer, Integer> outputs = new HashMap<>();
            Set<Integer> used = new HashSet<>();
            int newest = -1;
            int closed = 0;
            int first = series.highestOutput() + 1;
            Map<Integer, Integer> closedBefore = new HashMap<>();
            for (int step = 0; step < 4000; step++) {
                int number = Math.max(0, newest + 1 + random.nextInt(8) - 5);
                int input = (start + number) & 0xFFFF;
                boolean drop = random.nextInt(4) == 0;
                if (number > newest) {
                    for (int between = newest + 1; between <= number; between++) {
                        closedBefore.put(between, closed);
                    }
                    newest = number;
                    if (drop) {
                        assertEquals(NONE, series.drop(input));
                        closedBefore.put(number, -1);
                        closed++;
                        continue;
                    }
                } else if (drop) {
                    int hole = series.drop(input);
                    assertEquals(hole == NONE, closedBefore.get(number) < 0);
                    closedBefore.put(number, -1);
                    continue;
                }
                int before = closedBefore.get(number);
                int expected = before < 0 ? NONE : (first + number - before) & 0xFFFF;
                assertEquals(expected, series.map(input));
                if (expected != NONE) {
                    Integer previous = outputs.put(number, expected);
                    assertTrue(previous != null || used.add(expected), "a number was given twice");
                }
            }
        }
    }
}
