package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Sender and receiver reports, source descriptions and goodbyes of RFC 3550. */
class RtcpReportsTest {
    private static final byte[] SENDER_REPORT = hex("""
            81C8000C 11223344
            E1234567 89ABCDEF 00010203 00000005 000003E8
            55667788 40FFFFFE 0001FFFF 00000011 456789AB 00010000""");
    private static final byte[] RECEIVER_REPORT = hex("""
            81C90007 11223344
            55667788 807FFFFF 00020001 00000011 00000000 00000000""");

    private final ReportBlock block = new ReportBlock();
    private final byte[] buffer = new byte[400];

    @Test
    void readsASenderReport() {
        SenderReport report = new SenderReport();
        assertTrue(report.wrap(SENDER_REPORT, 0, SENDER_REPORT.length));
        assertEquals(0x11223344L, report.senderSsrc());
        assertEquals(0xE123456789ABCDEFL, report.ntpTimestamp());
        assertEquals(0x456789ABL, report.compactNtpTimestamp());
        assertEquals(0x00010203L, report.rtpTimestamp());
        assertEquals(5, report.packetCount());
        assertEquals(1000, report.octetCount());
        assertEquals(1, report.reportCount());
        report.report(0, block);
        assertEquals(0x55667788L, block.ssrc());
        assertEquals(64, block.fractionLost());
        assertEquals(-2, block.cumulativeLost());
        assertEquals(0x1FFFF, block.extendedHighestSequenceNumber());
        assertEquals(17, block.jitter());
        assertEquals(0x456789ABL, block.lastSenderReport());
        assertEquals(65536, block.delaySinceLastSenderReport());
        assertThrows(IndexOutOfBoundsException.class, () -> report.report(1, block));
    }

    @Test
    void writesTheSameSenderReport() {
        int length = SenderReport.write(buffer, 3, 0x11223344L, 0xE123456789ABCDEFL, 0x10203, 5, 1000, 1);
        assertEquals(
                ReportBlock.LENGTH,
                ReportBlock.write(
                        buffer, 3 + SenderReport.LENGTH, 0x55667788L, 64, -2, 0x1FFFF, 17, 0x456789ABL, 65536));
        assertArrayEquals(SENDER_REPORT, Arrays.copyOfRange(buffer, 3, 3 + length));
    }

    @Test
    void readsAndWritesAReceiverReport() {
        ReceiverReport report = new ReceiverReport();
        assertTrue(report.wrap(RECEIVER_REPORT, 0, RECEIVER_REPORT.length));
        report.report(0, block);
        assertEquals(0x7FFFFF, block.cumulativeLost());
        assertEquals(128, block.fractionLost());
        int length = ReceiverReport.write(buffer, 0, 0x11223344L, 1);
        ReportBlock.write(buffer, ReceiverReport.LENGTH, 0x55667788L, 128, 0x1234_5678, 0x20001, 17, 0, 0);
        assertArrayEquals(RECEIVER_REPORT, Arrays.copyOf(buffer, length), "loss is cut to 24 bits");
    }

    @Test
    void refusesReportsThatClaimMoreBlocksThanTheyHave() {
        byte[] bytes = RECEIVER_REPORT.clone();
        bytes[0] = (byte) 0x82;
        ReceiverReport report = new ReceiverReport();
        assertFalse(report.wrap(bytes, 0, bytes.length));
        assertEquals(0, report.reportCount());
        assertEquals(0, report.senderSsrc());
    }

    @Test
    void readsAndWritesACname() {
        int length = SourceDescription.write(buffer, 0, 0x11223344L, "foyer".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(hex("81CA0003 11223344 0105666F 79657200"), Arrays.copyOf(buffer, length));
        SourceDescription description = new SourceDescription();
        assertTrue(description.wrap(buffer, 0, length));
        assertEquals("foyer", description.cname(0x11223344L));
        assertNull(description.cname(1));
    }

    @Test
    void readsTheCnameOfEachChunkBehindOtherItems() {
        byte[] bytes = hex("""
                82CA0007
                00000001 0603466F 6F010161 00000000
                00000002 01026262 00000000""");
        SourceDescription description = new SourceDescription();
        assertTrue(description.wrap(bytes, 0, bytes.length));
        assertEquals("a", description.cname(1));
        assertEquals("bb", description.cname(2));
    }

    @Test
    void endsEveryCnameWithAZeroWhateverItsLength() {
        for (int length = 0; length <= 300; length++) {
            byte[] cname = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
            Arrays.fill(buffer, (byte) 0x55);
            int written = SourceDescription.write(buffer, 0, 7, cname);
            assertEquals(SourceDescription.length(cname), written);
            assertEquals(0, written % 4);
            assertEquals(0, buffer[written - 1]);
            SourceDescription description = new SourceDescription();
            assertTrue(description.wrap(buffer, 0, written));
            assertEquals("x".repeat(Math.min(255, length)), description.cname(7));
        }
    }

    @Test
    void readsAndWritesAGoodbye() {
        Goodbye goodbye = new Goodbye();
        byte[] two = hex("82CB0003 00000001 00000002 03627965");
        assertTrue(goodbye.wrap(two, 0, two.length));
        assertEquals(2, goodbye.sourceCount());
        assertEquals(2, goodbye.ssrc(1));
        assertArrayEquals(hex("81CB0001 00000009"), Arrays.copyOf(buffer, Goodbye.write(buffer, 0, 9)));
        assertFalse(goodbye.wrap(hex("82CB0001 00000009"), 0, 8));
        assertEquals(0, goodbye.sourceCount());
    }

    @Test
    void nobodyIsTheSenderOfAPacketThatEndsBeforeTheSsrc() {
        byte[] emptyGoodbyeAndDescription = hex("80CB0000 80CA0000");
        RtcpReader reader = new RtcpReader().wrap(emptyGoodbyeAndDescription, 0, emptyGoodbyeAndDescription.length);
        Goodbye goodbye = new Goodbye();
        assertTrue(reader.next() && goodbye.wrap(reader));
        assertEquals(0, goodbye.senderSsrc());
        SourceDescription description = new SourceDescription();
        assertTrue(reader.next() && description.wrap(reader));
        assertEquals(0, description.senderSsrc());
    }
}
