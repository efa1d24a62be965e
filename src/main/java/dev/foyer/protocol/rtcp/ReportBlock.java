package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU24;
import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u24;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * One reception report of a sender or receiver report (RFC 3550 section 6.4.1):
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                              SSRC                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | fraction lost |       cumulative number of packets lost       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           extended highest sequence number received           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      interarrival jitter                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         last SR (LSR)                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                   delay since last SR (DLSR)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class ReportBlock {
    /** Bytes of one block. */
    public static final int LENGTH = 24;

    /** How many fit the five bits of a report's count. */
    public static final int MAXIMUM_PER_REPORT = 31;

    private byte[] buffer = new byte[LENGTH];
    private int offset;

    /** A block of zeros. */
    public ReportBlock() {}

    void wrap(byte[] buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    /** The stream that is reported on. */
    public long ssrc() {
        return u32(buffer, offset);
    }

    /** Loss since the previous report in 1/256. */
    public int fractionLost() {
        return u8(buffer, offset + 4);
    }

    /** Packets lost since the start, -2^23 to 2^23 - 1; negative when duplicates outnumber losses. */
    public int cumulativeLost() {
        return u24(buffer, offset + 5) << 8 >> 8;
    }

    /** Cycles in the upper 16 bits, highest sequence number in the lower. */
    public long extendedHighestSequenceNumber() {
        return u32(buffer, offset + 8);
    }

    /** In units of the codec's clock. */
    public long jitter() {
        return u32(buffer, offset + 12);
    }

    /** Middle 32 bits of the last sender report's NTP time, 0 when there was none. */
    public long lastSenderReport() {
        return u32(buffer, offset + 16);
    }

    /** In 1/65536 s, 0 when there was no sender report. */
    public long delaySinceLastSenderReport() {
        return u32(buffer, offset + 20);
    }

    /**
     * Writes a block of {@link #LENGTH} bytes.
     *
     * @param cumulativeLost is cut to its 24 bit range
     */
    public static int write(
            byte[] buffer,
            int offset,
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long extendedHighestSequenceNumber,
            long jitter,
            long lastSenderReport,
            long delaySinceLastSenderReport) {
        putU32(buffer, offset, ssrc);
        buffer[offset + 4] = (byte) fractionLost;
        putU24(buffer, offset + 5, Math.clamp(cumulativeLost, -0x80_0000, 0x7F_FFFF));
        putU32(buffer, offset + 8, extendedHighestSequenceNumber);
        putU32(buffer, offset + 12, jitter);
        putU32(buffer, offset + 16, lastSenderReport);
        putU32(buffer, offset + 20, delaySinceLastSenderReport);
        return LENGTH;
    }
}
