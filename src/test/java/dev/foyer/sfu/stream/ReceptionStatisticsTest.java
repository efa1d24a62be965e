package dev.foyer.sfu.stream;

import static dev.foyer.sfu.stream.ReceptionStatistics.Arrival.DUPLICATE;
import static dev.foyer.sfu.stream.ReceptionStatistics.Arrival.LATE;
import static dev.foyer.sfu.stream.ReceptionStatistics.Arrival.NEWEST;
import static dev.foyer.sfu.stream.ReceptionStatistics.Arrival.RESTART;
import static dev.foyer.sfu.stream.ReceptionStatistics.Arrival.STRAY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.protocol.rtp.RtpBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionStatisticsTest {
    private final ReceptionStatistics statistics = new ReceptionStatistics(90_000);

    private ReceptionStatistics.Arrival arrive(int sequenceNumber) {
        return statistics.arrive(sequenceNumber & 0xFFFF);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32767, 65530, 65534, 65535})
    void countsLossLateArrivalsAndDuplicates(int start) {
        assertEquals(RESTART, arrive(start));
        assertEquals(NEWEST, arrive(start + 1));
        assertEquals(NEWEST, arrive(start + 4));
        assertEquals(2, statistics.lost());
        assertEquals(102, statistics.takeFractionLost(), "2 of 5 in 1/256");
        assertEquals(2, statistics.lostInInterval());
        assertEquals(LATE, arrive(start + 2));
        assertEquals(DUPLICATE, arrive(start + 2));
        assertEquals(DUPLICATE, arrive(start + 4));
        assertEquals(1, statistics.lost());
        assertEquals(0, statistics.takeFractionLost(), "a late one and none expected");
        assertEquals(0, statistics.lostInInterval());
        assertEquals(NEWEST, arrive(start + 5));
        assertEquals(0, statistics.takeFractionLost());
        assertEquals(start + 5L, statistics.extendedHighestSequenceNumber());
        assertEquals(6, statistics.expected());
        assertEquals(5, statistics.received());
    }

    @Test
    void countsCyclesOverManyWraps() {
        for (long number = 65_000; number < 300_000; number++) {
            arrive((int) number);
        }
        assertEquals(299_999, statistics.extendedHighestSequenceNumber());
        assertEquals(0, statistics.lost());
        assertEquals(300_000 - 65_000, statistics.received());
    }

    @Test
    void believesAJumpThatTheNextPacketConfirms() {
        arrive(100);
        assertEquals(STRAY, arrive(20_000));
        assertEquals(NEWEST, arrive(101));
        assertEquals(STRAY, arrive(20_001));
        assertEquals(RESTART, arrive(20_002));
        assertEquals(0, statistics.lost());
        assertEquals(STRAY, arrive(5));
        assertEquals(RESTART, arrive(6));
        assertEquals(6, statistics.extendedHighestSequenceNumber());
    }

    @Test
    void acceptsLatePacketsFromBeforeTheFirst() {
        arrive(5);
        assertEquals(LATE, arrive(3));
        assertEquals(3, statistics.expected());
        assertEquals(1, statistics.lost());
        assertEquals(DUPLICATE, arrive(65_535), "before cycle 0");
    }

    /** One packet each 20 ms on both clocks has no jitter; every second one 8 ms late tends to 8 ms. */
    @Test
    void estimatesJitter() {
        for (int i = 0; i < 500; i++) {
            statistics.timing(new RtpBytes().timestamp(i * 1800L).packet(), i * 20_000_000L);
        }
        assertEquals(0, statistics.jitter());
        for (int i = 500; i < 1000; i++) {
            statistics.timing(new RtpBytes().timestamp(i * 1800L).packet(), i * 20_000_000L + (i % 2) * 8_000_000L);
        }
        assertEquals(720.0, (double) statistics.jitter(), 2.0);
    }
}
