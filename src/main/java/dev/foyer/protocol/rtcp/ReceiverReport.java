package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU32;

import dev.foyer.protocol.HotPath;
import java.util.Objects;

/**
 * Receiver report (RFC 3550 section 6.4.2):
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    RC   |   PT=RR=201   |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     SSRC of packet sender                     |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                     report blocks (0 to 31)                   |
 * </pre>
 */
@HotPath
public final class ReceiverReport extends RtcpPacket {
    /** Bytes of a report without blocks. */
    public static final int LENGTH = 8;

    private int reportCount;

    /** A report without blocks. */
    public ReceiverReport() {
        super(RtcpType.RECEIVER_REPORT, -1);
    }

    @Override
    boolean parse() {
        reportCount = count();
        return LENGTH + ReportBlock.LENGTH * reportCount <= length();
    }

    @Override
    void reset() {
        reportCount = 0;
    }

    /** Number of report blocks, 0 to 31. */
    public int reportCount() {
        return reportCount;
    }

    /** Lets {@code block} show the block with this index, below {@link #reportCount}. */
    public void report(int index, ReportBlock block) {
        Objects.checkIndex(index, reportCount);
        block.wrap(buffer(), offset() + LENGTH + ReportBlock.LENGTH * index);
    }

    /**
     * Writes a report whose blocks, if any, the caller has written or writes behind the first {@link #LENGTH} bytes.
     *
     * @param reportCount 0 to 31
     * @return the length with the blocks
     */
    public static int write(byte[] buffer, int offset, long senderSsrc, int reportCount) {
        int length = LENGTH + ReportBlock.LENGTH * reportCount;
        putHeader(buffer, offset, RtcpType.RECEIVER_REPORT, reportCount, length);
        putU32(buffer, offset + 4, senderSsrc);
        return length;
    }
}
