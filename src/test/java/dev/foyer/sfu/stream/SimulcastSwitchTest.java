package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SimulcastSwitchTest {
    private final SimulcastSwitch simulcast = new SimulcastSwitch();

    @Test
    void keepsTheCurrentEncodingUntilAKeyFrameOfTheWantedOne() {
        assertFalse(simulcast.admits(0, true));
        assertTrue(simulcast.want(0));
        assertFalse(simulcast.admits(0, false));
        assertTrue(simulcast.admits(0, true));
        assertFalse(simulcast.isWaiting());
        assertTrue(simulcast.want(2));
        assertTrue(simulcast.admits(0, true));
        assertFalse(simulcast.admits(2, false));
        assertFalse(simulcast.admits(1, true));
        assertTrue(simulcast.admits(2, true));
        assertFalse(simulcast.admits(0, false));
        assertEquals(2, simulcast.current());
    }

    @Test
    void startsAgainWithAKeyFrameAfterAStop() {
        simulcast.want(1);
        assertTrue(simulcast.admits(1, true));
        simulcast.stop();
        assertTrue(simulcast.isWaiting());
        assertFalse(simulcast.admits(1, false));
        assertTrue(simulcast.admits(1, true));
        assertFalse(simulcast.want(SimulcastSwitch.NONE));
        assertFalse(simulcast.admits(1, true));
    }
}
