package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u24;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1):
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  FMT=15 |    PT=205     |           length              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     SSRC of packet sender                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      SSRC of media source                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      base sequence number     |      packet status count      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          reference time (64 ms, signed)       | fb pkt. count |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          packet chunks (16 bits each), then receive deltas    |
 *
 * chunk: |0| S |  run length (13)        |   S: 0 not received, 1 small delta, 2 large or negative delta
 *        |1|0| 14 symbols of 1 bit       |
 *        |1|1|  7 symbols of 2 bits      |
 * delta: 8 bits unsigned (small) or 16 bits signed (large), in 250 us
 * </pre>
 *
 * <p>{@link #next} walks the statuses; {@link #rewind} starts over.
 */
@HotPath
public final class TransportFeedback extends RtcpPacket {
    static final int HEADER_LENGTH = 20;
    /** Ticks of 250 us in one unit of the reference time. */
    static final int TICKS_PER_REFERENCE = 256;
    /** Nanoseconds of a tick. */
    public static final long TICK_NANOS = 250_000;

    private static final int NOT_RECEIVED = 0;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private int statusCount;
    private int deltasAt;

    private int index;
    private int chunkAt;
    private int chunk;
    private int chunkLeft;
    private int deltaAt;
    private int symbol;
    private long ticks;

    /** A feedback about no packets. */
    public TransportFeedback() {
        super(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_TRANSPORT_FEEDBACK);
    }

    @Override
    boolean parse() {
        reset();
        if (length() < HEADER_LENGTH) {
            return false;
        }
        int count = u16(buffer(), offset() + 14);
        int position = HEADER_LENGTH;
        int deltaBytes = 0;
        for (int seen = 0; seen < count; position += 2) {
            if (position + 2 > length()) {
                return false;
            }
            int bits = u16(buffer(), offset() + position);
            int symbols = Math.min(symbols(bits), count - seen);
            if (symbols == 0) {
                return false;
            }
            if (bits >> 15 == 0) {
                int size = deltaSize(bits >> 13);
                if (size < 0) {
                    return false;
                }
                deltaBytes += size * symbols;
            } else {
                for (int i = 0; i < symbols; i++) {
                    int size = deltaSize(symbol(bits, i));
                    if (size < 0) {
                        return false;
                    }
                    deltaBytes += size;
                }
            }
            seen += symbols;
        }
        if (position + deltaBytes > length()) {
            return false;
        }
        statusCount = count;
        deltasAt = offset() + position;
        rewind();
        return true;
    }

    @Override
    void reset() {
        statusCount = 0;
        deltasAt = 0;
        index = 0;
        chunkLeft = 0;
        symbol = NOT_RECEIVED;
        ticks = 0;
    }

    private static int symbols(int chunk) {
        if (chunk >> 15 == 0) {
            return chunk & 0x1FFF;
        }
        return (chunk & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int chunk, int index) {
        if (chunk >> 15 == 0) {
            return chunk >> 13;
        }
        if ((chunk & 0x4000) == 0) {
            return chunk >> (13 - index) & 1;
        }
        return chunk >> (12 - 2 * index) & 3;
    }

    private static int deltaSize(int symbol) {
        return switch (symbol) {
            case NOT_RECEIVED -> 0;
            case SMALL -> 1;
            case LARGE -> 2;
            default -> -1;
        };
    }

    /** The stream that the sender named; it says nothing, the feedback is about the whole transport. */
    public long mediaSsrc() {
        return u32(buffer(), offset() + 8);
    }

    /** Transport-wide number of the first status. */
    public int baseSequenceNumber() {
        return u16(buffer(), offset() + 12);
    }

    /** Number of statuses, 0 to 65535. */
    public int statusCount() {
        return statusCount;
    }

    /** In 64 ms, -2^23 to 2^23 - 1, on a clock of the receiver. */
    public int referenceTime() {
        return u24(buffer(), offset() + 16) << 8 >> 8;
    }

    /** Counts the feedback packets, 0 to 255. */
    public int feedbackCount() {
        return u8(buffer(), offset() + 19);
    }

    /** Goes back before the first status. */
    public void rewind() {
        index = 0;
        chunkAt = offset() + HEADER_LENGTH;
        chunkLeft = 0;
        deltaAt = deltasAt;
        symbol = NOT_RECEIVED;
        ticks = (long) referenceTime() * TICKS_PER_REFERENCE;
    }

    /** Steps to the next status; false at the end. */
    public boolean next() {
        if (index >= statusCount) {
            return false;
        }
        if (chunkLeft == 0) {
            chunk = u16(buffer(), chunkAt);
            chunkAt += 2;
            chunkLeft = symbols(chunk);
        }
        symbol = symbol(chunk, symbols(chunk) - chunkLeft);
        chunkLeft--;
        index++;
        if (symbol == SMALL) {
            ticks += u8(buffer(), deltaAt++);
        } else if (symbol == LARGE) {
            ticks += (short) u16(buffer(), deltaAt);
            deltaAt += 2;
        }
        return true;
    }

    /** Transport-wide sequence number of the status. */
    public int sequenceNumber() {
        return (baseSequenceNumber() + index - 1) & 0xFFFF;
    }

    /** Whether that packet was received. */
    public boolean received() {
        return symbol != NOT_RECEIVED;
    }

    /** When it was received, in 250 us on the clock of {@link #referenceTime}; of the last received one otherwise. */
    public long arrivalTicks() {
        return ticks;
    }
}
