package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.putU64;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u64;

import dev.foyer.protocol.HotPath;
import java.util.Objects;

/**
 * Sender report (RFC 3550 section 6.4.1):
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    RC   |   PT=SR=200   |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         SSRC of sender                        |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |              NTP timestamp, seconds and fraction              |
 * |                                                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         RTP timestamp                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     sender's packet count                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      sender's octet count                     |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                     report blocks (0 to 31)                   |
 * </pre>
 */
@HotPath
public final class SenderReport extends RtcpPacket {
    /** Bytes of a report without blocks. */
    public static final int LENGTH = 28;

    private int reportCount;

    /** A report of zeros. */
    public SenderReport() {
        super(RtcpType.SENDER_REPORT, -1);
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

    /** Wall clock of the report: seconds since 1900 in the upper 32 bits, fraction in the lower. */
    public long ntpTimestamp() {
        return u64(buffer(), offset() + 8);
    }

    /** The middle 32 bits of {@link #ntpTimestamp}, as a receiver reports them back. */
    public long compactNtpTimestamp() {
        return u32(buffer(), offset() + 10);
    }

    /** The same moment in the stream's clock. */
    public long rtpTimestamp() {
        return u32(buffer(), offset() + 16);
    }

    /** Packets sent since the start. */
    public long packetCount() {
        return u32(buffer(), offset() + 20);
    }

    /** Payload bytes sent since the start. */
    public long octetCount() {
        return u32(buffer(), offset() + 24);
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
    public static int write(
            byte[] buffer,
            int offset,
            long senderSsrc,
            long ntpTimestamp,
            long rtpTimestamp,
            long packetCount,
            long octetCount,
            int reportCount) {
        int length = LENGTH + ReportBlock.LENGTH * reportCount;
        putHeader(buffer, offset, RtcpType.SENDER_REPORT, reportCount, length);
        putU32(buffer, offset + 4, senderSsrc);
        putU64(buffer, offset + 8, ntpTimestamp);
        putU32(buffer, offset + 16, rtpTimestamp);
        putU32(buffer, offset + 20, packetCount);
        putU32(buffer, offset + 24, octetCount);
        return length;
    }
}
