package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.ExtendedSequenceNumber;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.rtp.SequenceNumbers;
import java.util.Arrays;

/**
 * Sequence validity, loss and jitter of one received stream (RFC 3550 appendices A.1, A.3 and A.8), and which of the
 * last {@value #WINDOW} packets have come, so that a retransmitted copy is told from the original.
 *
 * <p>Packets are authenticated before they get here, so a source is believed from its first packet on; a jump beyond
 * {@value #MAXIMUM_DROPOUT} packets ahead or {@value #WINDOW} back is believed when the next packet confirms it.
 */
@HotPath
public final class ReceptionStatistics {
    private static final int WINDOW = 2048;
    private static final int MAXIMUM_DROPOUT = 3000;
    private static final int NO_SEQUENCE = -1;

    private final ExtendedSequenceNumber sequence = new ExtendedSequenceNumber();
    private final long[] seen = new long[WINDOW / Long.SIZE];
    private final int clockRate;
    private long base;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private long lostInInterval;
    private int afterJump = NO_SEQUENCE;

    private boolean hasTransit;
    private int transit;
    private double jitter;

    /**
     * Statistics of no packets.
     *
     * @param clockRate of the codec, in Hz
     */
    public ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** What a packet was to the stream. */
    public enum Arrival {
        /** Newer than all before. */
        NEWEST,
        /** Older than the newest, and missing until now. */
        LATE,
        /** Seen before, or too old to know. */
        DUPLICATE,
        /** Far off: ignored unless the next packet follows it. */
        STRAY,
        /** The first packet, or one that confirms a jump: everything older is forgotten. */
        RESTART
    }

    /** Takes a packet's sequence number into account; jitter is fed separately by {@link #timing}. */
    public Arrival arrive(int sequenceNumber) {
        if (!sequence.started()) {
            return restart(sequenceNumber);
        }
        long highest = sequence.highest();
        long extended = sequence.extend(sequenceNumber);
        if (extended > highest + MAXIMUM_DROPOUT || extended <= highest - WINDOW) {
            if (sequenceNumber == afterJump) {
                return restart(sequenceNumber);
            }
            afterJump = SequenceNumbers.next(sequenceNumber);
            return Arrival.STRAY;
        }
        afterJump = NO_SEQUENCE;
        if (extended > highest) {
            forget(highest + 1, extended);
            sequence.advance(sequenceNumber);
            mark(extended);
            received++;
            return Arrival.NEWEST;
        }
        if (extended < 0 || isMarked(extended)) {
            return Arrival.DUPLICATE;
        }
        mark(extended);
        received++;
        if (extended < base) {
            base = extended;
        }
        return Arrival.LATE;
    }

    private Arrival restart(int sequenceNumber) {
        sequence.reset();
        Arrays.fill(seen, 0);
        base = sequence.advance(sequenceNumber);
        mark(base);
        received = 1;
        expectedPrior = 0;
        receivedPrior = 0;
        afterJump = NO_SEQUENCE;
        hasTransit = false;
        return Arrival.RESTART;
    }

    private void forget(long from, long to) {
        if (to - from >= WINDOW) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long number = from; number <= to; number++) {
            seen[word(number)] &= ~(1L << number);
        }
    }

    private void mark(long extended) {
        seen[word(extended)] |= 1L << extended;
    }

    private boolean isMarked(long extended) {
        return (seen[word(extended)] & 1L << extended) != 0;
    }

    private static int word(long extended) {
        return (int) (extended >> 6) & (WINDOW / Long.SIZE - 1);
    }

    /** Feeds the jitter estimate (A.8); only with packets that came the straight way, not with retransmissions. */
    public void timing(RtpPacket packet, long nowNanos) {
        int arrival = (int) (nowNanos / 1000 * clockRate / 1_000_000);
        int newTransit = arrival - (int) packet.timestamp();
        if (hasTransit) {
            int difference = newTransit - transit;
            jitter += (Math.abs((double) difference) - jitter) / 16;
        }
        transit = newTransit;
        hasTransit = true;
    }

    /** Cycles in the bits above 16, highest sequence number in the lower; -1 before the first packet. */
    public long extendedHighestSequenceNumber() {
        return sequence.highest();
    }

    /** Extends a number by the highest one. */
    public long extend(int sequenceNumber) {
        return sequence.extend(sequenceNumber);
    }

    /** Packets of the current run that came, each once. */
    public long received() {
        return received;
    }

    /** Packets of the current run that should have come. */
    public long expected() {
        return sequence.started() ? sequence.highest() - base + 1 : 0;
    }

    /** Packets of the current run that have not come (yet). */
    public long lost() {
        return expected() - received;
    }

    /** In units of the codec's clock. */
    public long jitter() {
        return (long) jitter;
    }

    /** Packets that were missing in the interval which {@link #takeFractionLost} ended last. */
    public long lostInInterval() {
        return lostInInterval;
    }

    /**
     * Loss since the last call, in 1/256 (A.3): for a report, which is the only one to call it.
     *
     * @return 0 to 255
     */
    public int takeFractionLost() {
        long expectedNow = expected();
        lostInInterval = 0;
        long expectedInterval = expectedNow - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expectedNow;
        receivedPrior = received;
        if (expectedInterval <= 0 || lostInterval <= 0) {
            return 0;
        }
        lostInInterval = lostInterval;
        return (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }
}
