package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceNumbersTest {
    @Test
    void ordersNeighboursAtEveryPointOfTheCircle() {
        for (int number = 0; number < SequenceNumbers.MODULUS; number++) {
            int next = SequenceNumbers.next(number);
            assertTrue(SequenceNumbers.isNewer(next, number));
            assertFalse(SequenceNumbers.isNewer(number, next));
            assertFalse(SequenceNumbers.isNewer(number, number));
            assertEquals(32767, SequenceNumbers.distance(SequenceNumbers.add(number, 32767), number));
            assertEquals(-32767, SequenceNumbers.distance(SequenceNumbers.add(number, -32767), number));
        }
    }

    @Test
    void neitherOfTwoOppositeNumbersIsNewer() {
        assertFalse(SequenceNumbers.isNewer(0, 32768));
        assertFalse(SequenceNumbers.isNewer(32768, 0));
    }

    @Test
    void wrapsTimestamps() {
        assertEquals(6, SequenceNumbers.timestampDistance(2, 0xFFFF_FFFCL));
        assertTrue(SequenceNumbers.isNewerTimestamp(2, 0xFFFF_FFFCL));
        assertEquals(2, SequenceNumbers.addTimestamp(0xFFFF_FFFCL, 6));
        assertEquals(0xFFFF_FFFCL, SequenceNumbers.addTimestamp(2, -6));
    }
}
