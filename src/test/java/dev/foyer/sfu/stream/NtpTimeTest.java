package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtpTimeTest {
    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 999_999_999, 1_000_000_000, 123_456_789_012L, -1, -1_500_000_000L, 2_000_000_000_000_000_000L
            })
    void convertsNanosecondsThereAndBack(long nanos) {
        assertEquals((double) nanos, (double) NtpTime.toNanos(NtpTime.fromNanos(nanos)), 1.0);
        long ticks = NtpTime.ticks(nanos, 90_000);
        assertEquals(Math.floorDiv(nanos, 1_000_000_000L), Math.floorDiv(ticks, 90_000L));
        assertEquals(ticks, NtpTime.ticks(NtpTime.nanos(ticks, 90_000) + 1, 90_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65536, 1L << 31})
    void convertsCompactDurations(long compact) {
        assertEquals((double) compact, (double) NtpTime.compactFromNanos(NtpTime.compactToNanos(compact)), 1.0);
    }

    @Test
    void takesTheMiddleOfATimestamp() {
        assertEquals(0x5678_9ABCL, NtpTime.compact(0x1234_5678_9ABC_DEF0L));
        assertEquals(0xFFFF_0000L, NtpTime.compact(0xFFFF_FFFF_0000_0000L));
    }
}
