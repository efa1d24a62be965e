package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BitrateMeterTest {
    private static final long MS = 1_000_000;

    @Test
    void measuresTheLastSecond() {
        BitrateMeter meter = new BitrateMeter();
        assertEquals(0, meter.bitrateBps(-3_000 * MS));
        for (long now = -2_000; now < 0; now += 10) {
            meter.add(125, now * MS);
        }
        assertEquals(100_000, meter.bitrateBps(-1));
        assertEquals(55_000, meter.bitrateBps(400 * MS));
        assertEquals(0, meter.bitrateBps(1_000 * MS));
    }
}
