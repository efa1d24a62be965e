package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.putU24;
import static dev.foyer.protocol.rtp.NetworkOrder.putU32;

import dev.foyer.protocol.HotPath;

/**
 * Builds one {@link TransportFeedback}: {@link #begin}, {@link #add} for each received packet in ascending order,
 * {@link #write}. Numbers that were left out are reported as not received. Reused for the next packet.
 *
 * <p>Chunks are chosen greedily: a run where one is longer than a vector could say, else 14 symbols of one bit where no
 * large delta is among them, else 7 of two bits.
 */
@HotPath
public final class TransportFeedbackWriter {
    /** The longest packet that {@link #write} makes. */
    public static final int MAXIMUM_LENGTH = 1200;

    private static final int MAXIMUM_STATUSES = 4096;
    private static final int LONGEST_RUN = 0x1FFF;
    private static final int NOT_RECEIVED = 0;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private final byte[] symbols = new byte[MAXIMUM_STATUSES];
    private final short[] deltas = new short[MAXIMUM_STATUSES];
    private int count;
    private int deltaBytes;
    private int baseSequenceNumber;
    private int referenceTime;
    private long lastTicks;

    /** A writer without packets. */
    public TransportFeedbackWriter() {}

    /**
     * Starts a packet.
     *
     * @param baseSequenceNumber the first number to report on
     * @param firstArrivalTicks when the first received one arrived, in 250 us on any steady clock
     */
    public void begin(int baseSequenceNumber, long firstArrivalTicks) {
        this.baseSequenceNumber = baseSequenceNumber & 0xFFFF;
        long reference = Math.floorDiv(firstArrivalTicks, TransportFeedback.TICKS_PER_REFERENCE);
        this.referenceTime = (int) reference & 0xFF_FFFF;
        this.lastTicks = reference * TransportFeedback.TICKS_PER_REFERENCE;
        this.count = 0;
        this.deltaBytes = 0;
    }

    /**
     * Reports a packet as received.
     *
     * @param sequenceNumber behind all numbers so far
     * @param arrivalTicks on the clock of {@link #begin}; may lie before the previous one's
     * @return false, and nothing is changed, when the packet does not fit: write this one and begin another
     */
    public boolean add(int sequenceNumber, long arrivalTicks) {
        int missing = (sequenceNumber - baseSequenceNumber - count) & 0xFFFF;
        long delta = arrivalTicks - lastTicks;
        boolean small = delta >= 0 && delta <= 0xFF;
        int newCount = count + missing + 1;
        int newDeltaBytes = deltaBytes + (small ? 1 : 2);
        if (newCount > MAXIMUM_STATUSES
                || delta != (short) delta
                || maximumLength(newCount, newDeltaBytes) > MAXIMUM_LENGTH) {
            return false;
        }
        for (int i = count; i < newCount - 1; i++) {
            symbols[i] = NOT_RECEIVED;
        }
        symbols[newCount - 1] = (byte) (small ? SMALL : LARGE);
        deltas[newCount - 1] = (short) delta;
        count = newCount;
        deltaBytes = newDeltaBytes;
        lastTicks = arrivalTicks;
        return true;
    }

    /** Number of statuses so far; the next packet's base is that much higher. */
    public int statusCount() {
        return count;
    }

    /** A chunk says 7 statuses at least, but for the last one. */
    private static int maximumLength(int count, int deltaBytes) {
        return TransportFeedback.HEADER_LENGTH + 2 * (count / 7 + 1) + deltaBytes + 3;
    }

    /**
     * Writes the packet, padded to whole words as RTCP padding.
     *
     * @param buffer with room for {@link #MAXIMUM_LENGTH} bytes
     * @return the length
     */
    public int write(byte[] buffer, int offset, long senderSsrc, long mediaSsrc, int feedbackCount) {
        putU32(buffer, offset + 4, senderSsrc);
        putU32(buffer, offset + 8, mediaSsrc);
        putU16(buffer, offset + 12, baseSequenceNumber);
        putU16(buffer, offset + 14, count);
        putU24(buffer, offset + 16, referenceTime);
        buffer[offset + 19] = (byte) feedbackCount;
        int position = offset + TransportFeedback.HEADER_LENGTH;
        for (int from = 0; from < count; position += 2) {
            from += writeChunk(buffer, position, from);
        }
        for (int i = 0; i < count; i++) {
            if (symbols[i] == SMALL) {
                buffer[position++] = (byte) deltas[i];
            } else if (symbols[i] == LARGE) {
                putU16(buffer, position, deltas[i]);
                position += 2;
            }
        }
        int padding = (4 - (position - offset) % 4) % 4;
        for (int i = 1; i <= padding; i++) {
            buffer[position++] = (byte) (i == padding ? padding : 0);
        }
        int length = position - offset;
        RtcpPacket.putHeader(buffer, offset, RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_TRANSPORT_FEEDBACK, length);
        if (padding > 0) {
            buffer[offset] |= 0x20;
        }
        return length;
    }

    /** Writes the chunk that begins at status {@code from} and returns how many statuses it says. */
    private int writeChunk(byte[] buffer, int position, int from) {
        int left = count - from;
        int run = run(from);
        boolean wide = hasLarge(from, Math.min(14, left));
        int vector = Math.min(wide ? 7 : 14, left);
        if (run >= vector) {
            putU16(buffer, position, symbols[from] << 13 | run);
            return run;
        }
        int bits = wide ? 0b11 : 0b10;
        for (int i = 0; i < (wide ? 7 : 14); i++) {
            int symbol = i < vector ? symbols[from + i] : NOT_RECEIVED;
            bits = wide ? bits << 2 | symbol : bits << 1 | symbol;
        }
        putU16(buffer, position, bits);
        return vector;
    }

    private int run(int from) {
        int end = Math.min(count, from + LONGEST_RUN);
        int to = from + 1;
        while (to < end && symbols[to] == symbols[from]) {
            to++;
        }
        return to - from;
    }

    private boolean hasLarge(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (symbols[i] == LARGE) {
                return true;
            }
        }
        return false;
    }
}
