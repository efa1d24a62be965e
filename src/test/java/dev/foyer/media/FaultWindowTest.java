package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FaultWindowTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void takesTooManyFaultsInAWindowAsABreakdown() {
        FaultWindow faults = new FaultWindow(3, 10 * SECOND);
        assertFalse(faults.add(0));
        assertFalse(faults.add(9 * SECOND));
        assertTrue(faults.add(10 * SECOND));
        assertEquals(3, faults.total());
    }

    @Test
    void forgivesFaultsThatAreFarApart() {
        FaultWindow faults = new FaultWindow(2, 10 * SECOND);
        for (int i = 0; i < 100; i++) {
            assertFalse(faults.add(i * 11L * SECOND));
        }
    }

    @Test
    void letsOneLineASecondBeLogged() {
        FaultWindow faults = new FaultWindow(3, 10 * SECOND);
        assertTrue(faults.shouldLog(0));
        assertFalse(faults.shouldLog(SECOND - 1));
        assertTrue(faults.shouldLog(SECOND));
    }
}
