package dev.foyer.sfu.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.TransportFeedback;
import dev.foyer.protocol.rtcp.TransportFeedbackWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFeedbackGeneratorTest {
    private static final long MS = 1_000_000;

    private final TransportFeedbackGenerator generator = new TransportFeedbackGenerator();
    private final byte[] buffer = new byte[TransportFeedbackWriter.MAXIMUM_LENGTH];
    private final TransportFeedback feedback = new TransportFeedback();
    private int expectedCount;

    /** Every status of the reports due now, as "number" or "-number" for a lost one, with arrivals in ticks. */
    private List<String> reports(long now) {
        List<String> statuses = new ArrayList<>();
        int length;
        while ((length = generator.write(buffer, 0, 1, 2, now)) > 0) {
            RtcpReader reader = new RtcpReader().wrap(buffer, 0, length);
            assertTrue(reader.next());
            assertTrue(feedback.wrap(reader));
            assertEquals(expectedCount++ & 0xFF, feedback.feedbackCount());
            while (feedback.next()) {
                statuses.add(
                        feedback.received()
                                ? feedback.sequenceNumber() + "@" + feedback.arrivalTicks()
                                : "-" + feedback.sequenceNumber());
            }
        }
        return statuses;
    }

    @Test
    void reportsEvery100MillisecondsWhileSomethingArrives() {
        assertEquals(Long.MAX_VALUE, generator.nextDueNanos());
        generator.record(7, 1_000 * MS);
        assertEquals(1_100 * MS, generator.nextDueNanos());
        generator.record(8, 1_002 * MS);
        assertEquals(List.of(), reports(1_099 * MS));
        assertEquals(List.of("7@0", "8@8"), reports(1_100 * MS));
        assertEquals(Long.MAX_VALUE, generator.nextDueNanos());
        generator.record(9, 1_150 * MS);
        assertEquals(1_200 * MS, generator.nextDueNanos());
        assertEquals(List.of("9@600"), reports(1_200 * MS));
        generator.record(10, 9_000 * MS);
        assertEquals(9_100 * MS, generator.nextDueNanos(), "the rhythm starts anew after a silence");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_530, 65_533, 65_535})
    void reportsLossBeforeTheNewestAndGoesBackForALateOne(int start) {
        generator.record(start, 0);
        generator.record((start + 3) & 0xFFFF, 1 * MS);
        generator.record((start + 3) & 0xFFFF, 2 * MS);
        int second = (start + 1) & 0xFFFF;
        int third = (start + 2) & 0xFFFF;
        int fourth = (start + 3) & 0xFFFF;
        assertEquals(List.of(start + "@0", "-" + second, "-" + third, fourth + "@4"), reports(100 * MS));
        generator.record(third, 150 * MS);
        generator.record((start + 4) & 0xFFFF, 151 * MS);
        assertEquals(List.of(third + "@600", fourth + "@4", ((start + 4) & 0xFFFF) + "@604"), reports(200 * MS));
    }

    @Test
    void reportsLossAtTheBorderOfTwoReports() {
        generator.record(0, 0);
        assertEquals(List.of("0@0"), reports(100 * MS));
        generator.record(2, 150 * MS);
        assertEquals(List.of("-1", "2@600"), reports(200 * MS));
    }

    @Test
    void skipsAGapThatNoReportCanSay() {
        generator.record(0, 0);
        generator.record(6000, 10 * MS);
        assertEquals(List.of("0@0", "6000@40"), reports(100 * MS));
        generator.record(6000 + 20_000, 150 * MS);
        assertEquals(List.of("26000@600"), reports(200 * MS));
        generator.record(10_000, 250 * MS);
        assertEquals(List.of(), reports(300 * MS), "too far back");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20_000, 65_000, 65_535})
    void reportsEveryArrivalOfABusyTransportInTheEnd(int start) {
        Random random = new Random(start);
        TreeMap<Long, Long> arrived = new TreeMap<>();
        TreeMap<Long, Long> reported = new TreeMap<>();
        long now = 0;
        for (long number = start; number < start + 100_000L; number++) {
            now += random.nextInt(60_000);
            if (number == start || random.nextInt(10) > 0) {
                generator.record((int) (number & 0xFFFF), now);
                arrived.put(number, now / TransportFeedback.TICK_NANOS);
            }
            if (now >= generator.nextDueNanos()) {
                collect(now, number, reported);
            }
        }
        collect(now + 200 * MS, start + 100_000L, reported);
        long origin = arrived.firstEntry().getValue();
        arrived.replaceAll((number, ticks) -> ticks - origin);
        assertEquals(arrived.keySet(), reported.keySet());
        arrived.forEach((number, ticks) -> assertTrue(Math.abs(ticks - reported.get(number)) <= 1));
    }

    private void collect(long now, long newest, Map<Long, Long> reported) {
        int length;
        while ((length = generator.write(buffer, 0, 1, 2, now)) > 0) {
            RtcpReader reader = new RtcpReader().wrap(buffer, 0, length);
            assertTrue(reader.next() && feedback.wrap(reader));
            while (feedback.next()) {
                long number = newest - ((newest - feedback.sequenceNumber()) & 0xFFFF);
                if (feedback.received()) {
                    assertEquals(null, reported.put(number, feedback.arrivalTicks()), "reported twice");
                }
            }
        }
    }
}
