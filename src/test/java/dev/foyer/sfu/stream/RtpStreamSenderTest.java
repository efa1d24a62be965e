package dev.foyer.sfu.stream;

import static dev.foyer.sfu.stream.StreamHarness.CLOCK;
import static dev.foyer.sfu.stream.StreamHarness.MS;
import static dev.foyer.sfu.stream.StreamHarness.senderReport;
import static dev.foyer.sfu.stream.StreamHarness.vp8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.ReceiverReport;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtcp.SourceDescription;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.rtp.Vp8Descriptor;
import dev.foyer.protocol.rtp.Vp9Descriptor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpStreamSenderTest {
    private final StreamHarness harness = new StreamHarness();
    private final RtpStreamReceiver low = StreamHarness.receiver(1);
    private final RtpStreamReceiver high = StreamHarness.receiver(2);
    private final Vp8Descriptor vp8 = new Vp8Descriptor();

    private static byte[] payload(RtpPacket packet) {
        return Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }

    @Test
    void writesTheConsumersNumbersAndExtensions() {
        RtpPacket sent = harness.forward(vp8(1, 500, 7000, true, 3, 4, 0), low, 1_000 * MS);
        assertNotNull(sent);
        assertEquals(100, sent.payloadType());
        assertEquals(0xAAAA, sent.ssrc());
        assertTrue(sent.sequenceNumber() > 0 && sent.sequenceNumber() < 32768);
        HeaderExtensionReader extensions = sent.extensions();
        assertTrue(extensions.find(1));
        assertEquals("0", extensions.text());
        assertTrue(extensions.find(2));
        assertEquals(1 << 18, extensions.u24());
        assertTrue(extensions.find(3));
        assertEquals(extensions.offset(), harness.sender.transportWideSequenceOffset());
        assertEquals(1, harness.sender.packetCount());
        assertEquals(16, harness.sender.byteCount());
    }

    /** From every wrap of sequence number and picture id. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_766, 32_767, 65_530, 65_533, 65_535})
    void goesOnWithoutAGapAfterAPause(int start) {
        RtpPacket first = harness.forward(vp8(1, start, 1000, true, 32_766, 254, 0), low, 0);
        RtpPacket second = harness.forward(vp8(1, start + 1, 4000, false, 32_767, 255, 0), low, 33 * MS);
        harness.sender.pause();
        for (int i = 2; i < 40; i++) {
            assertTrue(low.receive(vp8(1, start + i, 1000 + 3000L * i, false, i, i, 0), 33L * i * MS)
                    .isForwarded());
        }
        RtpPacket third = harness.forward(vp8(1, start + 40, 121_000, true, 39, 77, 0), low, 1320 * MS);
        assertNotNull(first);
        assertNotNull(second);
        assertNotNull(third);
        assertEquals((first.sequenceNumber() + 2) & 0xFFFF, third.sequenceNumber());
        assertEquals(121_000, third.timestamp(), "the time of the pause has passed");
        assertTrue(vp8.parse(second));
        assertEquals(32_767, vp8.pictureId());
        assertEquals(255, vp8.temporalLayer0Index());
        assertTrue(vp8.parse(third));
        assertEquals(0, vp8.pictureId());
        assertEquals(0, vp8.temporalLayer0Index());
    }

    @Test
    void leavesOutPacketsFromBeforeTheJoin() {
        assertNotNull(harness.forward(vp8(1, 11, 1000, true, 5, 5, 0), low, 0));
        assertNull(harness.forward(vp8(1, 10, 900, false, 4, 4, 0), low, 1));
        assertEquals(1, harness.sender.refusedCount());
    }

    @Test
    void closesTheGapsOfDroppedTemporalLayers() {
        RtpPacket first = harness.forward(vp8(1, 10, 1000, true, 100, 7, 0), low, 0);
        assertNull(harness.drop(vp8(1, 11, 4000, false, 101, 7, 2), low, 33 * MS));
        assertNull(harness.drop(vp8(1, 12, 4000, false, 101, 7, 2), low, 33 * MS));
        RtpPacket second = harness.forward(vp8(1, 13, 7000, false, 102, 7, 1), low, 66 * MS);
        assertNotNull(first);
        assertNotNull(second);
        assertEquals(first.sequenceNumber() + 1, second.sequenceNumber());
        assertEquals(7000, second.timestamp());
        assertTrue(vp8.parse(second));
        assertEquals(101, vp8.pictureId());
        assertEquals(7, vp8.temporalLayer0Index());
    }

    @Test
    void dropsPaddingOfThePublishersProbes() {
        RtpPacket first = harness.forward(vp8(1, 10, 1000, true, 100, 7, 0), low, 0);
        RtpPacket probe = new RtpBytes()
                .ssrc(1)
                .sequenceNumber(11)
                .timestamp(1000)
                .padding(200)
                .packet();
        assertNull(harness.forward(probe, low, 1));
        RtpPacket second = harness.forward(vp8(1, 12, 4000, false, 101, 8, 0), low, 33 * MS);
        assertNotNull(first);
        assertNotNull(second);
        assertEquals(first.sequenceNumber() + 1, second.sequenceNumber());
        assertTrue(vp8.parse(second));
        assertEquals(101, vp8.pictureId());
    }

    @Test
    void fillsAHoleThatComesTooLateToBeClosed() {
        RtpPacket first = harness.forward(vp8(1, 10, 1000, true, 100, 7, 0), low, 0);
        harness.forward(vp8(1, 12, 7000, false, 102, 7, 0), low, 66 * MS);
        RtpPacket filler = harness.drop(vp8(1, 11, 4000, false, 101, 7, 2), low, 70 * MS);
        assertNotNull(first);
        assertNotNull(filler);
        assertEquals(first.sequenceNumber() + 1, filler.sequenceNumber());
        assertEquals(0, filler.payloadLength());
        assertEquals(0xAAAA, filler.ssrc());
        assertEquals(1, harness.sender.fillerCount());
    }

    /** Both encodings share the publisher's wall clock; their timestamps have nothing in common. */
    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FF00L, 0x8000_0000L, 123_456_789L})
    void keepsCaptureTimesAtASwitchBySenderReports(long highBase) {
        long ntp = 0xE000_0000_0000_0000L;
        low.senderReport(senderReport(1, ntp, 50_000), 0);
        // The report of the high encoding was made one second later.
        high.senderReport(senderReport(2, ntp + (1L << 32), highBase + CLOCK), 1000 * MS);
        harness.forward(vp8(1, 10, 50_000 + 2 * CLOCK, true, 1, 1, 0), low, 2_000 * MS);
        // Captured at 2.1 s, but late by 45 ms.
        RtpPacket switched =
                harness.forward(vp8(2, 40_000, highBase + 2 * CLOCK + 9_000, true, 30_000, 200, 0), high, 2_145 * MS);
        assertNotNull(switched);
        assertEquals(50_000 + 2 * CLOCK + 9_000, switched.timestamp());
        assertTrue(vp8.parse(switched));
        assertEquals(2, vp8.pictureId());
        assertEquals(2, vp8.temporalLayer0Index());
    }

    @Test
    void comesBackToTheFirstEncodingWithoutDrift() {
        long ntp = 0xE000_0000_0000_0000L;
        low.senderReport(senderReport(1, ntp, 50_000), 0);
        high.senderReport(senderReport(2, ntp, 7_000_000), 0);
        harness.forward(vp8(1, 10, 50_000, true, 1, 1, 0), low, 10 * MS);
        RtpPacket up = harness.forward(vp8(2, 10, 7_000_000 + CLOCK, true, 1, 1, 0), high, 1_040 * MS);
        RtpPacket down = harness.forward(vp8(1, 99, 50_000 + 2 * CLOCK, true, 9, 9, 0), low, 2_003 * MS);
        assertNotNull(up);
        assertNotNull(down);
        assertEquals(50_000 + CLOCK, up.timestamp());
        assertEquals(50_000 + 2 * CLOCK, down.timestamp());
        harness.forward(vp8(2, 11, 7_000_000 + 3 * CLOCK, true, 1, 1, 0), high, 3_000 * MS);
        int length = harness.sender.writeSenderReport(harness.buffer, 0, 4_000 * MS);
        RtcpReader reader = new RtcpReader().wrap(harness.buffer, 0, length);
        SenderReport report = new SenderReport();
        assertTrue(reader.next() && report.wrap(reader));
        assertEquals(ntp + (4L << 32), report.ntpTimestamp());
        assertEquals(50_000 + 4 * CLOCK, report.rtpTimestamp(), "in the timestamps that the consumer sees");
    }

    @Test
    void followsAnEncoderThatRestartsItsPictureIds() {
        harness.forward(vp8(1, 10, 1000, true, 20_000, 200, 0), low, 0);
        RtpPacket jumped = harness.forward(vp8(1, 11, 4000, true, 19_000, 150, 0), low, 33 * MS);
        RtpPacket next = harness.forward(vp8(1, 12, 7000, false, 19_001, 151, 0), low, 66 * MS);
        assertNotNull(jumped);
        assertNotNull(next);
        assertTrue(vp8.parse(jumped));
        assertEquals(20_001, vp8.pictureId());
        assertEquals(201, vp8.temporalLayer0Index());
        assertTrue(vp8.parse(next));
        assertEquals(20_002, vp8.pictureId());
    }

    /** VP9 frames name their references by distance: closing the gap would point them at another frame. */
    @Test
    void keepsTheGapsOfPictureIdsWhereTheyAreReferences() {
        harness.sender = StreamHarness.sender("video/VP9", true, true);
        RtpStreamReceiver origin = new RtpStreamReceiver(new RtpStreamSettings(1, 96, "video/VP9", CLOCK, true, 0));
        harness.forward(StreamHarness.vp9(1, 10, 1000, true, 300), origin, 0);
        assertNull(harness.drop(StreamHarness.vp9(1, 11, 4000, false, 301), origin, 33 * MS));
        RtpPacket next = harness.forward(StreamHarness.vp9(1, 12, 7000, false, 302), origin, 66 * MS);
        assertNotNull(next);
        Vp9Descriptor vp9 = new Vp9Descriptor();
        assertTrue(vp9.parse(next));
        assertEquals(302, vp9.pictureId());
    }

    @Test
    void goesByArrivalAtASwitchWithoutReports() {
        RtpPacket first = harness.forward(vp8(1, 10, 50_000, true, 1, 1, 0), low, 0);
        RtpPacket switched = harness.forward(vp8(2, 9, 0xFFFF_FFFFL, true, 2, 2, 0), high, 100 * MS);
        assertNotNull(first);
        assertNotNull(switched);
        assertEquals(first.sequenceNumber() + 1, switched.sequenceNumber());
        assertEquals(50_000 + 9_000, switched.timestamp());
    }

    @Test
    void neverGoesBackInTimeAtASwitch() {
        long ntp = 0xE000_0000_0000_0000L;
        low.senderReport(senderReport(1, ntp, 0), 0);
        high.senderReport(senderReport(2, ntp, 0), 0);
        RtpPacket first = harness.forward(vp8(1, 10, 90_000, true, 1, 1, 0), low, 1000 * MS);
        RtpPacket same = harness.forward(vp8(2, 10, 90_000, true, 1, 1, 0), high, 1001 * MS);
        RtpPacket next = harness.forward(vp8(2, 11, 93_000, false, 2, 2, 0), high, 1034 * MS);
        assertNotNull(first);
        assertNotNull(same);
        assertNotNull(next);
        assertEquals(90_090, same.timestamp());
        assertEquals(93_090, next.timestamp());
    }

    @Test
    void followsASourceThatRestarts() {
        RtpPacket first = harness.forward(vp8(1, 40_000, 1000, true, 500, 7, 0), low, 0);
        assertEquals(RtpStreamReceiver.Outcome.STRAY, low.receive(vp8(1, 10, 4000, true, 3, 0, 0), 33 * MS));
        RtpPacket second = harness.forward(vp8(1, 11, 7000, true, 4, 1, 0), low, 66 * MS);
        RtpPacket third = harness.forward(vp8(1, 12, 10_000, false, 5, 2, 0), low, 99 * MS);
        assertNotNull(first);
        assertNotNull(second);
        assertNotNull(third);
        assertEquals(first.sequenceNumber() + 1, second.sequenceNumber());
        assertEquals(first.sequenceNumber() + 2, third.sequenceNumber());
        assertTrue(vp8.parse(third));
        assertEquals(502, vp8.pictureId());
    }

    @Test
    void answersANackWithTheSameContentAsRtx() {
        RtpPacket first = harness.forward(vp8(1, 65_535, 1000, true, 100, 7, 0), low, 0);
        assertNull(harness.drop(vp8(1, 0, 4000, false, 101, 7, 2), low, 33 * MS));
        RtpPacket second = harness.forward(vp8(1, 1, 7000, false, 102, 7, 0), low, 66 * MS);
        assertNotNull(first);
        assertNotNull(second);
        RtpPacket again = harness.read(harness.sender.retransmit(second.sequenceNumber(), harness.buffer, 0, 90 * MS));
        assertNotNull(again);
        assertEquals(0xBBBB, again.ssrc());
        assertEquals(101, again.payloadType());
        assertTrue(RtxPacket.unwrap(again, 100, 0xAAAA));
        assertEquals(second.sequenceNumber(), again.sequenceNumber());
        assertEquals(second.timestamp(), again.timestamp());
        assertArrayEquals(payload(second), payload(again));
        assertEquals(1, harness.sender.retransmittedCount());
    }

    @Test
    void retransmitsOnceWithinARoundTrip() {
        RtpPacket first = harness.forward(vp8(1, 1, 1000, true, 100, 7, 0), low, 0);
        assertNotNull(first);
        int number = first.sequenceNumber();
        assertTrue(harness.sender.retransmit(number, harness.buffer, 0, 5 * MS) > 0);
        assertEquals(0, harness.sender.retransmit(number, harness.buffer, 0, 104 * MS));
        assertTrue(harness.sender.retransmit(number, harness.buffer, 0, 105 * MS) > 0);
        assertEquals(0, harness.sender.retransmit(number + 1, harness.buffer, 0, 105 * MS), "never sent");
    }

    @Test
    void repairsAKeyFrameWhoseFirstPacketCameLast() {
        assertTrue(low.receive(vp8(1, 9, 1000, false, 99, 7, 0), 0).isForwarded());
        RtpPacket middle = vp8(1, 11, 4000, false, 100, 8, 0);
        assertTrue(low.receive(middle, 30 * MS).isForwarded(), "but the consumer waits for a key frame");
        RtpPacket first = harness.forward(vp8(1, 10, 4000, true, 100, 8, 0), low, 50 * MS);
        RtpPacket next = harness.forward(vp8(1, 12, 7000, false, 101, 9, 0), low, 66 * MS);
        assertNotNull(first);
        assertNotNull(next);
        assertEquals(first.sequenceNumber() + 2, next.sequenceNumber());
        RtpPacket repaired =
                harness.read(harness.sender.retransmit(first.sequenceNumber() + 1, harness.buffer, 0, 90 * MS));
        assertNotNull(repaired);
        assertTrue(RtxPacket.unwrap(repaired, 100, 0xAAAA));
        assertEquals(4000, repaired.timestamp());
        assertArrayEquals(payload(middle), payload(repaired));
        assertEquals(0, harness.sender.retransmit(first.sequenceNumber() - 1, harness.buffer, 0, 90 * MS), "before");
    }

    @Test
    void numbersRetransmissionsWithoutGaps() {
        RtpPacket first = harness.forward(vp8(1, 1, 1000, true, 100, 7, 0), low, 0);
        assertNotNull(first);
        RtpPacket one = harness.read(harness.sender.retransmit(first.sequenceNumber(), harness.buffer, 0, 5 * MS));
        RtpPacket two = harness.read(harness.sender.retransmit(first.sequenceNumber(), harness.buffer, 0, 500 * MS));
        assertNotNull(one);
        assertNotNull(two);
        assertEquals(one.sequenceNumber() + 1, two.sequenceNumber());
    }

    @Test
    void repeatsThePacketItselfWithoutRtx() {
        harness.sender = StreamHarness.sender(true, false);
        RtpPacket first = harness.forward(vp8(1, 1, 1000, true, 100, 7, 0), low, 5 * MS);
        assertNotNull(first);
        int length = harness.sender.retransmit(first.sequenceNumber(), harness.buffer, 0, 5 * MS);
        assertArrayEquals(first.buffer(), Arrays.copyOf(harness.buffer, length));
    }

    @Test
    void answersNoNackThatWasNotNegotiated() {
        harness.sender = StreamHarness.sender(false, false);
        RtpPacket first = harness.forward(vp8(1, 1, 1000, true, 100, 7, 0), low, 0);
        assertNotNull(first);
        assertEquals(0, harness.sender.retransmit(first.sequenceNumber(), harness.buffer, 0, 5 * MS));
    }

    @Test
    void reportsInTheWallClockOfThePublisherAndMeasuresTheRoundTrip() {
        assertEquals(0, harness.sender.writeSenderReport(harness.buffer, 0, 0));
        harness.forward(vp8(1, 1, 1000, true, 100, 7, 0), low, 0);
        assertEquals(0, harness.sender.writeSenderReport(harness.buffer, 0, 0), "the publisher has not reported");
        long ntp = 0xE000_0000_8000_0000L;
        low.senderReport(senderReport(1, ntp, 1000), 100 * MS);
        int length = harness.sender.writeSenderReport(harness.buffer, 0, 1_100 * MS);
        RtcpReader reader = new RtcpReader().wrap(harness.buffer, 0, length);
        SenderReport report = new SenderReport();
        assertTrue(reader.next() && report.wrap(reader));
        assertEquals(ntp + (1L << 32), report.ntpTimestamp());
        assertEquals(1000 + CLOCK, report.rtpTimestamp());
        assertEquals(0xAAAA, report.senderSsrc());
        assertEquals(1, report.packetCount());
        assertEquals(16, report.octetCount());
        SourceDescription description = new SourceDescription();
        assertTrue(reader.next() && description.wrap(reader));
        assertEquals("publisher", description.cname(0xAAAA));

        byte[] bytes = new byte[ReceiverReport.LENGTH + ReportBlock.LENGTH];
        ReceiverReport.write(bytes, 0, 9, 1);
        ReportBlock.write(bytes, ReceiverReport.LENGTH, 0xAAAA, 25, 3, 1, 0, report.compactNtpTimestamp(), 65536 / 2);
        ReceiverReport receiverReport = new ReceiverReport();
        assertTrue(receiverReport.wrap(bytes, 0, bytes.length));
        ReportBlock block = new ReportBlock();
        receiverReport.report(0, block);
        harness.sender.report(block, 1_670 * MS);
        assertEquals(70 * MS, harness.sender.rttNanos());
        assertEquals(25, harness.sender.fractionLost());
        assertEquals(3, harness.sender.remoteLost());
    }
}
