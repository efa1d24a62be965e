package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.GenericNack;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NackGeneratorTest {
    private static final long MS = 1_000_000;
    private static final long RTT = 50 * MS;

    private final NackGenerator nacks = new NackGenerator();
    private final byte[] buffer = new byte[1100];

    private List<Integer> ask(long now) {
        int length = nacks.write(buffer, 0, 1, 2, RTT, now);
        if (length <= 0) {
            return List.of();
        }
        GenericNack nack = new GenericNack();
        assertTrue(nack.wrap(buffer, 0, length));
        int[] numbers = new int[300];
        return Arrays.stream(Arrays.copyOf(numbers, nack.copySequenceNumbers(numbers)))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65534, 65535, 65536, 131070})
    void asksForAMissingPacketOnceARoundTrip(long start) {
        nacks.restart(start);
        assertEquals(Long.MAX_VALUE, nacks.nextDueNanos());
        assertTrue(nacks.advance(start + 3, 0));
        assertEquals(2, nacks.missing());
        assertEquals(List.of(), ask(9 * MS), "grace for reordering");
        assertEquals(10 * MS, nacks.nextDueNanos());
        List<Integer> both = List.of((int) ((start + 1) & 0xFFFF), (int) ((start + 2) & 0xFFFF));
        assertEquals(both, ask(10 * MS));
        assertEquals(List.of(), ask(59 * MS));
        assertEquals(60 * MS, nacks.nextDueNanos());
        assertTrue(nacks.arrive(start + 1));
        assertFalse(nacks.arrive(start + 1));
        assertEquals(both.subList(1, 2), ask(60 * MS));
        assertEquals(3, nacks.requested());
        assertTrue(nacks.arrive(start + 2));
        assertEquals(0, nacks.missing());
        assertEquals(Long.MAX_VALUE, nacks.nextDueNanos());
    }

    @Test
    void doesNotAskForWhatIsOnlyReordered() {
        nacks.restart(10);
        nacks.advance(12, 0);
        assertFalse(nacks.arrive(11), "it was not asked for");
        assertEquals(List.of(), ask(100 * MS));
    }

    @Test
    void givesUpAfterTenTries() {
        nacks.restart(10);
        nacks.advance(12, 0);
        long now = 10 * MS;
        for (int i = 0; i < NackGenerator.MAXIMUM_TRIES; i++, now += RTT) {
            assertEquals(List.of(11), ask(now));
        }
        assertEquals(NackGenerator.GIVEN_UP, nacks.write(buffer, 0, 1, 2, RTT, now));
        assertEquals(0, nacks.missing());
        assertEquals(0, nacks.write(buffer, 0, 1, 2, RTT, now + RTT));
    }

    @Test
    void doesNotAskForWhatIsOlderThanAKeyFrame() {
        nacks.restart(10);
        nacks.advance(15, 0);
        nacks.advance(20, 0);
        nacks.forgetBefore(17);
        assertEquals(List.of(17, 18, 19), ask(10 * MS));
        assertEquals(3, nacks.missing());
    }

    @Test
    void givesUpWhatFallsOutOfItsWindow() {
        nacks.restart(0);
        assertTrue(nacks.advance(2, 0));
        for (long number = 3; number < 1025; number++) {
            assertTrue(nacks.advance(number, 0));
        }
        assertFalse(nacks.advance(1025, 0), "1 is lost for good");
        assertEquals(0, nacks.missing());
        assertFalse(nacks.advance(5000, 0), "too many at once");
        assertEquals(0, nacks.missing());
    }

    @Test
    void spreadsManyOverSeveralPackets() {
        nacks.restart(0);
        nacks.advance(601, 0);
        assertEquals(256, ask(10 * MS).size());
        assertEquals(256, ask(10 * MS).size());
        assertEquals(88, ask(10 * MS).size());
        assertEquals(0, ask(10 * MS).size());
    }
}
