package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.RtcpType;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtp.RtpHeaderExtensionUri;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.rtp.Vp8Descriptor;
import dev.foyer.sfu.negotiation.LocalTrack;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendSlotTest {
    private static final long FIRST = 0xCAFE_0001L;
    private static final long SECOND = 0xBEEF_0001L;
    private static final LocalTrack TRACK = new LocalTrack("stream", "track", "cname", 7_000, 7_001);
    private static final int CLIENT_VP8 = 120;
    private static final int CLIENT_RTX = 121;
    private static final int CLIENT_H264 = 122;
    private static final int CLIENT_MID = 13;
    private static final int SECOND_H264 = 102;

    private final ForwardingBench bench = new ForwardingBench();
    private final SfuWorker worker = new SfuWorker((_, _, _, _) -> {}, Runnable::run, null, new SecureRandom(), 0);
    private final RouterContents contents = new RouterContents(worker, RouterLimits.DEFAULT, null);
    private final SessionRecorder toSecond = new SessionRecorder();
    private final RtpSession second = new RtpSession(bench.environment, toSecond);
    private final SendSlot slot = new SendSlot(bench.environment, bench.subscriber, contents, TRACK);
    private final Map<Producer, Long> clocks = new HashMap<>();
    private final Vp8Descriptor descriptor = new Vp8Descriptor();
    private final Producer one = produce(bench.publisher, FIRST);
    private final Producer two = produce(second, SECOND);

    private Producer produce(RtpSession session, long ssrc) {
        return bench.produceOn(session, MediaKind.VIDEO, ClientParameters.vp8("0", ssrc), false);
    }

    private static RtpParameters agreed(String mimeType, int payloadType) {
        List<RtcpFeedback> feedback = List.of(new RtcpFeedback("nack", ""), new RtcpFeedback("nack", "pli"));
        return new RtpParameters(
                "video",
                List.of(
                        new RtpCodecParameters(mimeType, payloadType, 90_000, null, Map.of(), feedback),
                        new RtpCodecParameters(
                                "video/rtx", CLIENT_RTX, 90_000, null, Map.of("apt", payloadType), List.of())),
                List.of(new RtpHeaderExtensionParameters(RtpHeaderExtensionUri.MID, CLIENT_MID, false, Map.of())),
                List.of(new RtpEncodingParameters(
                        TRACK.ssrc(), null, null, new RtpEncodingParameters.Rtx(TRACK.rtxSsrc()), false, null, null)),
                new RtcpParameters(TRACK.cname(), true));
    }

    private void send(Producer producer) {
        slot.send(producer, agreed("video/VP8", CLIENT_VP8), ClientParameters.VP8);
    }

    /** A picture of a producer, each 33 ms after the one before, on a clock of the producer's own. */
    private void picture(Producer producer, int number, boolean keyFrame) {
        bench.nowNanos += 33 * ForwardingBench.MILLI;
        bench.environment.now(bench.nowNanos);
        long start = producer == one ? 4_294_900_000L : 1_000;
        long ssrc = producer == one ? FIRST : SECOND;
        clocks.putIfAbsent(producer, bench.nowNanos);
        long ticks = (bench.nowNanos - clocks.get(producer)) * 90 / ForwardingBench.MILLI;
        byte[] bytes = RtpBytes.packet(ssrc, ClientParameters.VP8, number & 0xFFFF, start + ticks & 0xFFFF_FFFFL)
                .vp8(keyFrame, number & 0x7FFF, number & 0xFF, 0, 100)
                .bytes();
        producer.session().receiveRtp(bytes, 0, bytes.length, bench.nowNanos);
    }

    private List<RtpPacket> sent() {
        return java.util.stream.IntStream.range(0, bench.toSubscriber.rtp.size())
                .mapToObj(bench.toSubscriber::packet)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 32_766, 65_534})
    void goesOnWithoutAJumpWhenTheProducerChanges(int first) {
        second.connected(true);
        send(one);
        picture(one, first, true);
        picture(one, first + 1, false);
        send(two);
        assertEquals(List.of(SECOND), toSecond.pictureLosses());
        picture(one, first + 2, false);
        picture(two, 40_000, false);
        picture(two, 40_001, true);
        picture(two, 40_002, false);
        send(one);
        picture(one, first + 9, true);

        List<RtpPacket> sent = sent();
        assertEquals(5, sent.size());
        int pictureId = -1;
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    sent.getFirst().sequenceNumber() + i & 0xFFFF, sent.get(i).sequenceNumber());
            assertEquals(TRACK.ssrc(), sent.get(i).ssrc());
            assertEquals(CLIENT_VP8, sent.get(i).payloadType());
            descriptor.parse(sent.get(i));
            assertTrue(pictureId < 0 || (pictureId + 1 & 0x7FFF) == descriptor.pictureId(), "picture " + i);
            pictureId = descriptor.pictureId();
        }
        // Pictures 33 ms apart; two of them passed without being sent before the third.
        int[] steps = {1, 3, 1, 1};
        for (int i = 1; i < 5; i++) {
            long step = sent.get(i).timestamp() - sent.get(i - 1).timestamp() & 0xFFFF_FFFFL;
            assertTrue(Math.abs(step - 33L * 90 * steps[i - 1]) <= 2, "step " + i + " is " + step);
        }
    }

    @Test
    void tellsTheClientNothingOfAChange() {
        send(one);
        picture(one, 1, true);
        send(two);
        slot.stop();
        assertEquals(0, bench.toSubscriber.count(RtcpType.GOODBYE, -1));
        assertEquals(List.of(), bench.toSubscriber.retired);
        slot.close();
        slot.close();
        assertEquals(1, bench.toSubscriber.count(RtcpType.GOODBYE, -1));
        assertEquals(List.of(TRACK.ssrc(), TRACK.rtxSsrc()), bench.toSubscriber.retired);
    }

    @Test
    void doesNotBeginAnewWhatItSendsAlready() {
        send(one);
        picture(one, 1, true);
        bench.toPublisher.clear();
        send(one);
        picture(one, 2, false);
        assertEquals(2, sent().size());
        assertEquals(List.of(), bench.toPublisher.pictureLosses());
    }

    @Test
    void followsTheCodecOfTheProducer() {
        second.connected(true);
        send(one);
        picture(one, 1, true);
        List<RtcpFeedback> feedback = List.of(new RtcpFeedback("nack", ""));
        Producer h264 = bench.produceOn(
                second,
                MediaKind.VIDEO,
                new RtpParameters(
                        "1",
                        List.of(new RtpCodecParameters(
                                "video/H264",
                                SECOND_H264,
                                90_000,
                                null,
                                Map.of("packetization-mode", 1, "profile-level-id", "42e01f"),
                                feedback)),
                        List.of(),
                        List.of(new RtpEncodingParameters(99L, null, null, null, false, null, null)),
                        new RtcpParameters("client", true)),
                false);
        slot.send(h264, agreed("video/H264", CLIENT_H264), SECOND_H264);
        // Single NAL unit packets: an IDR picture (RFC 6184 section 5.6).
        byte[] idr = RtpBytes.packet(99, SECOND_H264, 5, 50)
                .payload(new byte[] {0x67, 1, 2, 3})
                .bytes();
        second.receiveRtp(idr, 0, idr.length, bench.nowNanos);
        assertEquals(2, sent().size());
        assertEquals(CLIENT_H264, sent().get(1).payloadType());
        assertEquals(sent().get(0).sequenceNumber() + 1, sent().get(1).sequenceNumber());
    }

    @Test
    void fallsSilentWithTheProducer() {
        RtpSession session = new RtpSession(bench.environment, new SessionRecorder());
        Producer producer = produce(session, 5);
        // The bench has entered it in the session only.
        session.removeProducer(producer);
        contents.add(producer);
        send(producer);
        assertEquals(producer, slot.producer());
        contents.remove(producer);
        assertNull(slot.producer());
        send(two);
        assertEquals(two, slot.producer());
    }

    @Test
    void passesRequestsOnToTheProducerBehindIt() {
        second.connected(true);
        send(one);
        picture(one, 1, true);
        send(two);
        for (int i = 0; i < 5; i++) {
            picture(two, 500 + i, i == 0);
        }
        bench.pass(1_500);
        second.tick(bench.nowNanos);
        toSecond.clear();
        bench.toPublisher.clear();
        byte[] indication = new byte[PictureLossIndication.LENGTH];
        PictureLossIndication.write(indication, 0, 1, TRACK.ssrc());
        bench.report(indication);
        assertEquals(List.of(SECOND), toSecond.pictureLosses());
        assertEquals(List.of(), bench.toPublisher.pictureLosses());

        int lost = sent().getLast().sequenceNumber();
        bench.toSubscriber.clear();
        byte[] nack = new byte[GenericNack.maximumLength(1)];
        GenericNack.write(nack, 0, 1, TRACK.ssrc(), new int[] {lost}, 1);
        bench.report(nack);
        assertEquals(TRACK.rtxSsrc(), bench.toSubscriber.lastPacket().ssrc());
        assertEquals(CLIENT_RTX, bench.toSubscriber.lastPacket().payloadType());
    }

    @Test
    void repeatsNothingOfTheProducerBefore() {
        second.connected(true);
        send(one);
        picture(one, 1, true);
        int lost = sent().getLast().sequenceNumber();
        send(two);
        picture(two, 9, true);
        bench.toSubscriber.clear();
        byte[] nack = new byte[GenericNack.maximumLength(1)];
        GenericNack.write(nack, 0, 1, TRACK.ssrc(), new int[] {lost}, 1);
        bench.report(nack);
        assertTrue(sent().isEmpty());
    }

    @Test
    void reportsUnderItsOwnName() {
        send(one);
        picture(one, 1, true);
        byte[] report = new byte[SenderReport.LENGTH];
        SenderReport.write(report, 0, FIRST, 0xE000_0000_0000_0000L, 3_000, 1, 100, 0);
        bench.publisher.receiveRtcp(report, 0, report.length, bench.nowNanos);
        bench.pass(3_000);
        assertTrue(bench.toSubscriber.senderReports() >= 1);
        SenderReport sent = new SenderReport();
        bench.toSubscriber.each(reader -> {
            if (reader.packetType() == RtcpType.SENDER_REPORT) {
                assertTrue(sent.wrap(reader));
                assertEquals(TRACK.ssrc(), sent.senderSsrc());
            }
        });
    }

    @Test
    void staysSilentBeyondTheRoutersLimit() {
        RouterContents full = new RouterContents(worker, new RouterLimits(1, 1, 1), null);
        new SendSlot(bench.environment, bench.subscriber, full, TRACK)
                .send(one, agreed("video/VP8", CLIENT_VP8), ClientParameters.VP8);
        SendSlot other =
                new SendSlot(bench.environment, bench.subscriber, full, new LocalTrack("s", "t", "c", 8_000, 8_001));
        other.send(one, agreed("video/VP8", CLIENT_VP8), ClientParameters.VP8);
        assertNull(other.producer());
        assertFalse(full.hasRoomForConsumer());
    }
}
