package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * Statuses are as many as announced, walked twice alike, and those that are written are read again. A run of thirteen bits
 * lets few bytes announce many statuses: what they cost is bounded by their count, not by the length.
 */
class TransportFeedbackFuzzTest implements FuzzTarget {
    private static final int MOST_STATUSES = 65_535;
    private static final int BYTES_OF_STATUS = 64;

    private record Status(int sequenceNumber, boolean received, long ticks) {}

    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public int longest() {
        return 256;
    }

    @Override
    public int runs() {
        return 5_000;
    }

    @Override
    public long heapBound(int length) {
        return 40L * MOST_STATUSES * BYTES_OF_STATUS;
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, TransportFeedbackFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        TransportFeedback feedback = new TransportFeedback();
        boolean known = feedback.wrap(reader);
        List<Status> statuses = walk(feedback);
        feedback.rewind();
        assertEquals(statuses, walk(feedback));
        assertTrue(statuses.size() <= MOST_STATUSES);
        if (known) {
            writes(feedback, statuses);
        }
        return List.of(
                known,
                Integer.numberOfLeadingZeros(statuses.size()),
                statuses.stream().filter(Status::received).count() % 16);
    }

    private static List<Status> walk(TransportFeedback feedback) {
        List<Status> statuses = new ArrayList<>();
        Steps steps = new Steps(feedback.statusCount());
        while (feedback.next() && steps.step()) {
            statuses.add(new Status(feedback.sequenceNumber(), feedback.received(), feedback.arrivalTicks()));
        }
        assertEquals(feedback.statusCount(), statuses.size());
        return statuses;
    }

    /** Writes the beginning of what was read, as far as one packet holds it, and reads that. */
    private static void writes(TransportFeedback feedback, List<Status> statuses) {
        TransportFeedbackWriter writer = new TransportFeedbackWriter();
        List<Status> expected = new ArrayList<>();
        List<Status> sinceReceived = new ArrayList<>();
        boolean begun = false;
        for (Status status : statuses) {
            sinceReceived.add(status);
            if (status.received()) {
                if (!begun) {
                    writer.begin(feedback.baseSequenceNumber(), status.ticks());
                    begun = true;
                }
                if (!writer.add(status.sequenceNumber(), status.ticks())) {
                    break;
                }
                expected.addAll(sinceReceived);
                sinceReceived.clear();
            }
        }
        if (expected.isEmpty()) {
            return;
        }
        byte[] written = new byte[TransportFeedbackWriter.MAXIMUM_LENGTH];
        RtcpReader reader = new RtcpReader().wrap(written, 0, writer.write(written, 0, 1, 2, 3));
        TransportFeedback again = new TransportFeedback();
        assertTrue(reader.next() && again.wrap(reader));
        List<Status> read = walk(again);
        assertEquals(expected.size(), read.size());
        // The reference time has 24 bits of 64 ms: it comes round again.
        long shift = expected.getLast().ticks() - read.getLast().ticks();
        assertEquals(0, shift % (256L << 24));
        for (int i = 0; i < read.size(); i++) {
            Status status = read.get(i);
            assertEquals(expected.get(i).sequenceNumber(), status.sequenceNumber());
            assertEquals(expected.get(i).received(), status.received());
            if (status.received()) {
                assertEquals(expected.get(i).ticks(), status.ticks() + shift);
            }
        }
    }
}
