package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.protocol.rtcp.ReceiverReport;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.RtcpType;
import dev.foyer.protocol.rtcp.TransportFeedback;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a sending client is told of its own streams. */
class FeedbackTest {
    private static final long SSRC = 0x7000_0001L;

    private final ForwardingBench bench = new ForwardingBench();

    private static byte[] transportWide(int number) {
        return ByteBuffer.allocate(2).putShort((short) number).array();
    }

    @Test
    void reportsArrivalsTransportWide() {
        bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
        for (int i = 0; i < 20; i++) {
            if (i != 7) {
                bench.publish(RtpBytes.packet(SSRC, ClientParameters.VP8, i, 0)
                        .vp8(i == 0, i, i, 0, 20)
                        .extension(ClientParameters.TRANSPORT_WIDE_ID, transportWide(65_530 + i)));
            }
            bench.pass(20);
        }
        int[] told = {0, 0};
        bench.toPublisher.each(reader -> {
            TransportFeedback feedback = new TransportFeedback();
            if (reader.packetType() == RtcpType.TRANSPORT_FEEDBACK
                    && reader.count() == RtcpType.FORMAT_TRANSPORT_FEEDBACK) {
                assertTrue(feedback.wrap(reader));
                told[0]++;
                told[1] += feedback.statusCount();
            }
        });
        assertTrue(told[0] >= 3, "about every 100 ms: " + told[0]);
        assertTrue(told[1] >= 15, "most of the packets: " + told[1]);
    }

    @Test
    void reportsReceptionEverySecondWithVideo() {
        bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                bench.publish(RtpBytes.packet(SSRC, ClientParameters.VP8, i, i * 3_000L)
                        .vp8(i == 0, i, i, 0, 20));
            }
            bench.pass(100);
        }
        int reports = bench.toPublisher.count(RtcpType.RECEIVER_REPORT, -1);
        assertTrue(reports >= 6 && reports <= 21, "10 s at 0.5 to 1.5 s each: " + reports);
        ReportBlock block = new ReportBlock();
        int[] lost = {0};
        bench.toPublisher.each(reader -> {
            ReceiverReport report = new ReceiverReport();
            if (report.wrap(reader) && report.reportCount() == 1) {
                report.report(0, block);
                assertEquals(SSRC, block.ssrc());
                lost[0] = block.cumulativeLost();
            }
        });
        assertTrue(lost[0] >= 7, "packets lost: " + lost[0]);
        SfuCounters counters = bench.environment.counters;
        assertEquals(lost[0], counters.rtpLost());
        assertEquals(reports, counters.jitterReports());
        assertEquals(bench.toPublisher.count(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK), counters.nacksSent());
        assertTrue(counters.nacksSent() > 0);
        assertEquals(
                bench.toPublisher.count(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI),
                counters.keyFrameRequestsSent());
    }

    @Test
    void reportsSeldomerForAudioAlone() {
        bench.produce(MediaKind.AUDIO, ClientParameters.opus("0", SSRC));
        for (int i = 0; i < 1_000; i++) {
            bench.publish(RtpBytes.packet(SSRC, ClientParameters.OPUS, i, i * 960L));
            bench.pass(20);
        }
        int reports = bench.toPublisher.count(RtcpType.RECEIVER_REPORT, -1);
        assertTrue(reports >= 2 && reports <= 9, "20 s at 2.5 to 7.5 s each: " + reports);
    }

    @Test
    void ranksWhoIsHeardByLoudness() {
        Producer loud = bench.produce(MediaKind.AUDIO, ClientParameters.opus("0", SSRC));
        Producer soft = bench.produce(MediaKind.AUDIO, ClientParameters.opus("1", SSRC + 1));
        Producer silent = bench.produce(MediaKind.AUDIO, ClientParameters.opus("2", SSRC + 2));
        for (int i = 0; i < 15; i++) {
            bench.publish(speech(SSRC, i, 20));
            bench.publish(speech(SSRC + 1, i, 40));
            bench.publish(speech(SSRC + 2, i, 127));
            bench.pass(20);
        }
        Map<String, Integer> levels = bench.levels.due(bench.nowNanos);
        assertNotNull(levels);
        assertEquals(List.of(loud.id(), soft.id()), List.copyOf(levels.keySet()));
        assertEquals(List.of(-20, -40), List.copyOf(levels.values()));
        assertTrue(!levels.containsKey(silent.id()));

        bench.pass(300);
        assertEquals(Map.of(), bench.levels.due(bench.nowNanos), "once, that nobody is heard any more");
        bench.pass(300);
        assertEquals(null, bench.levels.due(bench.nowNanos));
    }

    private static RtpBytes speech(long ssrc, int number, int level) {
        return RtpBytes.packet(ssrc, ClientParameters.OPUS, number, number * 960L)
                .extension(ClientParameters.AUDIO_LEVEL_ID, new byte[] {(byte) (0x80 | level)});
    }

    @Test
    void countsRtcpThatIsNotWellFormed() {
        bench.subscriber.receiveRtcp(new byte[] {(byte) 0x81, (byte) 201, 0, 40, 0, 0, 0, 1}, 0, 8, bench.nowNanos);
        bench.subscriber.receiveRtcp(new byte[] {(byte) 0x81, (byte) 205, 0, 1, 0, 0, 0, 1}, 0, 8, bench.nowNanos);
        assertEquals(2, bench.environment.counters.rtcpMalformed);
    }
}
