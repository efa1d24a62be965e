package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedSequenceNumberTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32767, 32768, 65000, 65534, 65535})
    void countsCyclesFromAnyStart(int start) {
        ExtendedSequenceNumber extended = new ExtendedSequenceNumber();
        for (long expected = start; expected < start + 200_000L; expected += 7) {
            assertEquals(expected, extended.advance((int) (expected & 0xFFFF)));
        }
        assertEquals(start + 199_997L, extended.highest());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 65533, 65534, 65535})
    void keepsOrderThroughReorderingAtTheWrap(int start) {
        ExtendedSequenceNumber extended = new ExtendedSequenceNumber();
        extended.advance(start);
        int[] order = {3, 1, 2, 5, 4, 6};
        for (int step : order) {
            assertEquals((long) start + step, extended.advance((start + step) & 0xFFFF));
        }
        assertEquals(start + 6L, extended.highest());
        assertEquals(start + 10L, extended.extend((start + 10) & 0xFFFF));
        assertEquals(start + 6L, extended.highest());
    }

    @Test
    void saysNegativeForWhatCameBeforeTheFirst() {
        ExtendedSequenceNumber extended = new ExtendedSequenceNumber();
        extended.advance(2);
        assertEquals(-1, extended.advance(65535));
        assertEquals(2, extended.highest());
        extended.reset();
        assertFalse(extended.started());
        assertEquals(9, extended.advance(9));
    }
}
