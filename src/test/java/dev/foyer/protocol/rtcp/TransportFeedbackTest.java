package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFeedbackTest {
    private final TransportFeedback feedback = new TransportFeedback();
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
    private final byte[] buffer = new byte[TransportFeedbackWriter.MAXIMUM_LENGTH];

    private Map<Integer, Long> walk(byte[] bytes, int length) {
        RtcpReader reader = new RtcpReader().wrap(bytes, 0, length);
        assertTrue(reader.next());
        assertTrue(feedback.wrap(reader));
        Map<Integer, Long> arrivals = new TreeMap<>();
        int statuses = 0;
        while (feedback.next()) {
            assertEquals((feedback.baseSequenceNumber() + statuses++) & 0xFFFF, feedback.sequenceNumber());
            if (feedback.received()) {
                arrivals.put(feedback.sequenceNumber(), feedback.arrivalTicks());
            }
        }
        assertEquals(feedback.statusCount(), statuses);
        return arrivals;
    }

    /** The chunks are the draft's own examples: 221 not received, then the one-bit vector 01111100011100. */
    @Test
    void readsTheChunksOfTheDraft() {
        byte[] bytes = hex("""
                8FCD0008 00000001 00000002
                FFF0 00EB FFFFFF 07
                00DD 9F1C
                01 02 03 04 05 06 07 08
                00000000""");
        Map<Integer, Long> arrivals = walk(bytes, bytes.length);
        assertEquals(235, feedback.statusCount());
        assertEquals(-1, feedback.referenceTime());
        assertEquals(7, feedback.feedbackCount());
        int first = (0xFFF0 + 221) & 0xFFFF;
        assertEquals(
                Map.of(
                        first + 1, -255L,
                        first + 2, -253L,
                        first + 3, -250L,
                        first + 4, -246L,
                        first + 5, -241L,
                        first + 9, -235L,
                        first + 10, -228L,
                        first + 11, -220L),
                arrivals);
    }

    /** Two-bit vector 00 01 10 10 00 01 00 with a negative and a large positive delta. */
    @Test
    void readsSmallLargeAndNegativeDeltas() {
        byte[] bytes = hex("8FCD0006 00000001 00000002 0005 0007 000001 00 C684 FF FFFE 0400 00 0000");
        Map<Integer, Long> arrivals = walk(bytes, bytes.length);
        assertEquals(Map.of(6, 511L, 7, 509L, 8, 1533L, 10, 1533L), arrivals);
    }

    @Test
    void writesRunsAndVectors() {
        writer.begin(100, 256);
        for (int i = 0; i < 20; i++) {
            assertTrue(writer.add(100 + i, 256 + i));
        }
        int length = writer.write(buffer, 0, 1, 2, 3);
        assertArrayEquals(
                hex("AFCD000A 00000001 00000002 0064 0014 000001 03 2014"
                        + "00 01010101010101010101010101010101010101 0002"),
                Arrays.copyOf(buffer, length));

        writer.begin(5, 256);
        assertTrue(writer.add(6, 256));
        assertTrue(writer.add(8, 256 + 1000));
        length = writer.write(buffer, 0, 1, 2, 3);
        assertArrayEquals(
                hex("AFCD0006 00000001 00000002 0005 0004 000001 03 C480 00 03E8 000003"),
                Arrays.copyOf(buffer, length));
    }

    @Test
    void beginsAtNumbersThatWereNotReceived() {
        writer.begin(65530, 10_000);
        assertTrue(writer.add(3, 10_000));
        int length = writer.write(buffer, 0, 1, 2, 0);
        assertEquals(Map.of(3, 10_000L), walk(buffer, length));
        assertEquals(65530, feedback.baseSequenceNumber());
        assertEquals(10, feedback.statusCount());
    }

    @Test
    void refusesWhatDoesNotFitAndStaysUsable() {
        writer.begin(0, 0);
        assertTrue(writer.add(0, 0));
        assertFalse(writer.add(1, 32768), "delta beyond 16 bits");
        assertFalse(writer.add(1, -32769), "delta beyond 16 bits");
        assertFalse(writer.add(5000, 1), "too many statuses");
        assertTrue(writer.add(1, 1));
        int sequence = 2;
        while (writer.add(sequence, 400L * sequence)) {
            sequence++;
        }
        int length = writer.write(buffer, 0, 1, 2, 0);
        assertTrue(length <= TransportFeedbackWriter.MAXIMUM_LENGTH);
        assertEquals(sequence, walk(buffer, length).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32760, 60000, 65400, 65534, 65535})
    void readsBackWhatWasWritten(int start) {
        Random random = new Random(start);
        for (int round = 0; round < 300; round++) {
            double loss = random.nextDouble();
            int spread = 1 << random.nextInt(1, 12);
            long ticks = random.nextLong(0, 1L << 24);
            Map<Integer, Long> arrivals = new TreeMap<>();
            int sequence = (start + round) & 0xFFFF;
            writer.begin(sequence, ticks);
            for (int i = random.nextInt(1, 400); i > 0; i--) {
                if (random.nextDouble() >= loss) {
                    if (!writer.add(sequence, ticks)) {
                        break;
                    }
                    arrivals.put(sequence, ticks);
                }
                ticks += random.nextInt(spread) - spread / 8;
                sequence = (sequence + 1) & 0xFFFF;
            }
            int length = writer.write(buffer, 0, 1, 2, round & 0xFF);
            assertEquals(0, length % 4);
            if (!arrivals.isEmpty()) {
                assertEquals(arrivals, walk(buffer, length));
            }
        }
    }

    @Test
    void refusesChunksAndDeltasThatAreMissing() {
        String[] broken = {
            "8FCD0004 00000001 00000002 0005 0001 000001 00",
            "8FCD0005 00000001 00000002 0005 00FF 000001 00 2001 2001",
            "8FCD0005 00000001 00000002 0005 0001 000001 00 0000 0000",
            "8FCD0005 00000001 00000002 0005 0001 000001 00 6001 0000",
            "8FCD0005 00000001 00000002 0005 0001 000001 00 F000 0000",
            "8FCD0005 00000001 00000002 0005 0003 000001 00 2003 0000",
        };
        for (String hex : broken) {
            byte[] bytes = hex(hex);
            assertFalse(feedback.wrap(bytes, 0, bytes.length), hex);
            assertEquals(0, feedback.statusCount());
            assertFalse(feedback.next());
        }
    }
}
