package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.util.HexFormat;
import java.util.List;

/** Blocks are as many as the header says, and what is read is what is written. */
class SenderReportFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, SenderReportFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        SenderReport report = new SenderReport();
        if (!report.wrap(reader)) {
            assertEquals(0, report.reportCount());
            return false;
        }
        assertEquals(reader.count(), report.reportCount());
        byte[] written = new byte[SenderReport.LENGTH + ReportBlock.LENGTH * report.reportCount()];
        int length = SenderReport.write(
                written,
                0,
                report.senderSsrc(),
                report.ntpTimestamp(),
                report.rtpTimestamp(),
                report.packetCount(),
                report.octetCount(),
                report.reportCount());
        ReportBlocks.copy(report.reportCount(), report::report, written, SenderReport.LENGTH);
        // Profile-specific bytes may follow; the length in the header tells of them.
        assertTrue(length <= reader.length());
        assertEquals(
                hex(reader.buffer(), reader.offset() + 4, length - 4),
                hex(written, 4, length - 4),
                "written otherwise");
        return List.of(report.reportCount(), report.compactNtpTimestamp() == 0);
    }

    private static String hex(byte[] bytes, int offset, int length) {
        return HexFormat.of().formatHex(bytes, offset, offset + length);
    }
}
