package dev.foyer.sfu.stream;

import static dev.foyer.sfu.stream.StreamHarness.MS;
import static dev.foyer.sfu.stream.StreamHarness.vp8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.ReceiverReport;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.sfu.stream.RtpStreamReceiver.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpStreamReceiverTest {
    private static final long SSRC = 0x1111;

    private final RtpStreamReceiver stream = StreamHarness.receiver(SSRC);
    private final byte[] buffer = new byte[1500];

    private Outcome receive(int sequenceNumber, long now) {
        return stream.receive(vp8(SSRC, sequenceNumber, sequenceNumber * 3000L, false, 1, 1, 0), now);
    }

    private RtpPacket rtx(RtpPacket original, int sequenceNumber) {
        byte[] bytes = Arrays.copyOf(original.buffer(), original.length() + 2);
        RtpPacket packet = new RtpPacket();
        assertTrue(packet.wrap(bytes, 0, original.length()));
        RtxPacket.wrap(packet, 97, 0x2222, sequenceNumber);
        return packet;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 65533, 65534, 65535})
    void recoversALostPacketByRetransmission(int start) {
        assertEquals(Outcome.FORWARD, receive(start, 0));
        assertEquals(Outcome.FORWARD, receive(start + 2, 0));
        assertEquals(10 * MS, stream.nextNackNanos());
        GenericNack nack = new GenericNack();
        assertTrue(nack.wrap(buffer, 0, stream.writeNack(buffer, 0, 1, 10 * MS)));
        assertEquals(SSRC, nack.mediaSsrc());
        assertEquals((start + 1) & 0xFFFF, nack.packetId(0));

        RtpPacket lost = vp8(SSRC, start + 1, 5, false, 9, 1, 0);
        RtpPacket retransmitted = rtx(lost, 777);
        assertEquals(Outcome.RECOVERED, stream.recover(retransmitted, 30 * MS));
        assertEquals(SSRC, retransmitted.ssrc());
        assertEquals(96, retransmitted.payloadType());
        assertEquals((start + 1) & 0xFFFF, retransmitted.sequenceNumber());
        assertEquals(9, stream.payload().pictureId());
        assertEquals(Outcome.DUPLICATE, stream.recover(rtx(lost, 778), 31 * MS));
        assertEquals(Outcome.DUPLICATE, stream.receive(lost, 32 * MS));
        assertEquals(Long.MAX_VALUE, stream.nextNackNanos());
        assertEquals(1, stream.recoveredCount());
        assertEquals(2, stream.duplicateCount());
        assertNotNull(stream.history());
        assertTrue(stream.history().find((start + 1) & 0xFFFF, new RtpPacket()));
    }

    @Test
    void ignoresRetransmissionsThatHoldNothing() {
        receive(1, 0);
        assertEquals(Outcome.STRAY, stream.recover(new RtpBytes().padding(100).packet(), 1));
    }

    @Test
    void asksForAKeyFrameUntilItsFirstPacketComes() {
        receive(1, 0);
        assertFalse(stream.isKeyFrame());
        stream.requestKeyFrame(5 * MS);
        assertEquals(5 * MS, stream.nextKeyFrameRequestNanos());
        PictureLossIndication indication = new PictureLossIndication();
        assertTrue(indication.wrap(buffer, 0, stream.writeKeyFrameRequest(buffer, 0, 1, 5 * MS)));
        assertEquals(SSRC, indication.mediaSsrc());
        stream.requestKeyFrame(6 * MS);
        assertEquals(0, stream.writeKeyFrameRequest(buffer, 0, 1, 1004 * MS));
        assertEquals(12, stream.writeKeyFrameRequest(buffer, 0, 1, 1005 * MS));
        assertTrue(stream.receive(vp8(SSRC, 2, 6000, true, 2, 2, 0), 1100 * MS).isForwarded());
        assertTrue(stream.isKeyFrame());
        assertEquals(1, stream.keyFrameCount());
        assertEquals(Long.MAX_VALUE, stream.nextKeyFrameRequestNanos());
        stream.forceKeyFrame();
        assertEquals(12, stream.writeKeyFrameRequest(buffer, 0, 1, 1101 * MS));
        stream.cancelKeyFrame();
        assertEquals(0, stream.writeKeyFrameRequest(buffer, 0, 1, 9000 * MS));
    }

    @Test
    void wantsAKeyFrameWhenPacketsAreGivenUp() {
        receive(1, 0);
        receive(3, 0);
        long now = 10 * MS;
        for (int i = 0; i < 10; i++, now += 100 * MS) {
            assertTrue(stream.writeNack(buffer, 0, 1, now) > 0);
        }
        assertEquals(0, stream.writeNack(buffer, 0, 1, now));
        assertEquals(now, stream.nextKeyFrameRequestNanos());
        assertEquals(10, stream.nackCount());
    }

    @Test
    void spacesNacksByTheRoundTrip() {
        stream.rtt(40 * MS);
        receive(1, 0);
        receive(3, 0);
        assertTrue(stream.writeNack(buffer, 0, 1, 10 * MS) > 0);
        assertEquals(50 * MS, stream.nextNackNanos());
    }

    @Test
    void forgetsLossesBeforeAKeyFrame() {
        receive(1, 0);
        receive(5, 0);
        assertTrue(stream.receive(vp8(SSRC, 6, 6000, true, 2, 2, 0), 0).isForwarded());
        assertEquals(0, stream.writeNack(buffer, 0, 1, 50 * MS));
    }

    @Test
    void reportsLossAndTheLastSenderReport() {
        assertEquals(0, stream.writeReportBlock(buffer, ReceiverReport.LENGTH, 0), "nothing has come");
        receive(65534, 0);
        receive(1, 0);
        stream.senderReport(StreamHarness.senderReport(SSRC, 0x0001_2345_6789_0000L, 5), 100 * MS);
        ReportBlock block = block(600 * MS);
        assertEquals(SSRC, block.ssrc());
        assertEquals(128, block.fractionLost());
        assertEquals(2, block.cumulativeLost());
        assertEquals(0x10001, block.extendedHighestSequenceNumber());
        assertEquals(0x2345_6789L, block.lastSenderReport());
        assertEquals(32768, block.delaySinceLastSenderReport());
        assertEquals(0, block(700 * MS).fractionLost(), "only since the last report");
    }

    private ReportBlock block(long now) {
        ReceiverReport.write(buffer, 0, 1, 1);
        assertEquals(ReportBlock.LENGTH, stream.writeReportBlock(buffer, ReceiverReport.LENGTH, now));
        ReceiverReport report = new ReceiverReport();
        assertTrue(report.wrap(buffer, 0, ReceiverReport.LENGTH + ReportBlock.LENGTH));
        ReportBlock block = new ReportBlock();
        report.report(0, block);
        return block;
    }

    @Test
    void keepsNothingAndAsksForNothingWithoutNack() {
        RtpStreamReceiver audio =
                new RtpStreamReceiver(new RtpStreamSettings(SSRC, 111, "audio/opus", 48_000, false, 0));
        assertNull(audio.history());
        assertEquals(Outcome.FORWARD, audio.receive(vp8(SSRC, 1, 0, false, 0, 0, 0), 0));
        assertEquals(Outcome.FORWARD, audio.receive(vp8(SSRC, 3, 0, false, 0, 0, 0), 0));
        assertEquals(Outcome.FORWARD, audio.receive(vp8(SSRC, 2, 0, false, 0, 0, 0), 0));
        assertEquals(Long.MAX_VALUE, audio.nextNackNanos());
        assertEquals(0, audio.writeNack(buffer, 0, 1, 1000 * MS));
        assertTrue(audio.isKeyFrame());
        assertEquals(48, audio.byteCount());
        assertTrue(audio.bitrateBps(0) > 0);
    }

    @Test
    void startsAnewAfterAConfirmedJump() {
        receive(100, 0);
        assertEquals(Outcome.STRAY, receive(30_000, 1));
        assertEquals(1, stream.restartCount());
        assertEquals(Outcome.FORWARD, receive(30_001, 2));
        assertEquals(2, stream.restartCount());
        assertEquals(0, stream.writeNack(buffer, 0, 1, 1000 * MS));
    }
}
