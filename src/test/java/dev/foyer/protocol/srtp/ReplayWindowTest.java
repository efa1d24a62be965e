package dev.foyer.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 1023, 32767, 32768, 40000, 64512, 65535})
    void agreesWithARememberedSetFromAnyFirstSequenceNumber(int first) {
        ReplayWindow window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        Random random = new Random(first);
        long sender = first;
        long highest = first;
        window.accept(window.indexOf(first, 0));
        seen.add(highest);
        for (int i = 0; i < 200_000; i++) {
            sender += random.nextInt(100) == 0 ? random.nextInt(3000) : 1;
            long index = Math.max(first, sender - (random.nextInt(4) == 0 ? random.nextInt(2000) : 0));
            assertEquals(index, window.indexOf((int) index & 0xFFFF, 0));
            boolean fresh = index > highest || (highest - index < ReplayWindow.SIZE && !seen.contains(index));
            assertEquals(fresh, window.isFresh(index));
            if (fresh) {
                window.accept(index);
                seen.add(index);
                highest = Math.max(highest, index);
            }
        }
        assertTrue(highest > 3 * 65536, "the stream must wrap");
    }

    @Test
    void takesAnIndexBeforeTheFirstPacketAsTooOld() {
        ReplayWindow window = new ReplayWindow();
        window.accept(window.indexOf(5, 0));

        assertFalse(window.isFresh(window.indexOf(65_530, 0)));
    }

    @Test
    void startsInTheRolloverThatTheFirstPacketProved() {
        ReplayWindow window = new ReplayWindow();
        window.accept(window.indexOf(5, 1));

        assertEquals(65_530, window.indexOf(65_530, 0));
        assertTrue(window.isFresh(65_530));
    }
}
