package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.RtcpType;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtcp.SourceDescription;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.rtp.Vp8Descriptor;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerTest {
    private static final long SSRC = 0xCAFE_0001L;

    private final ForwardingBench bench = new ForwardingBench();
    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    private RtpBytes video(int sequenceNumber, boolean keyFrame, int pictureId) {
        return RtpBytes.packet(SSRC, ClientParameters.VP8, sequenceNumber, pictureId * 3_000L)
                .vp8(keyFrame, pictureId, pictureId, 0, 100);
    }

    private Producer camera() {
        return bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
    }

    @Test
    void rewritesPayloadTypeSsrcAndMid() {
        Producer producer = bench.produce(MediaKind.AUDIO, ClientParameters.opus("0", SSRC));
        Consumer consumer = bench.consume(producer);
        bench.publish(RtpBytes.packet(SSRC, ClientParameters.OPUS, 500, 960)
                .extension(ClientParameters.MID_ID, "0")
                .extension(ClientParameters.AUDIO_LEVEL_ID, new byte[] {42}));

        RtpPacket sent = bench.toSubscriber.lastPacket();
        assertEquals(consumer.ssrc(), sent.ssrc());
        assertEquals(routerPayloadType("audio/opus"), sent.payloadType());
        assertEquals("0", midOf(sent));
        assertTrue(sent.extensions().find(10), "audio level under the router's id");
    }

    private static int routerPayloadType(String mimeType) {
        return ForwardingBench.ROUTER.codecs().stream()
                .filter(codec -> codec.mimeType().equalsIgnoreCase(mimeType))
                .findFirst()
                .orElseThrow()
                .preferredPayloadType();
    }

    private static String midOf(RtpPacket packet) {
        var extensions = packet.extensions();
        extensions.find(1);
        return extensions.text();
    }

    @Test
    void startsWithAKeyFrameAndAsksForOne() {
        Producer producer = camera();
        bench.consume(producer);
        assertEquals(List.of(SSRC), bench.toPublisher.pictureLosses());

        bench.publish(video(10, false, 1));
        assertTrue(bench.toSubscriber.rtp.isEmpty());
        bench.publish(video(11, true, 2));
        bench.publish(video(12, false, 3));
        assertEquals(2, bench.toSubscriber.rtp.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 32_760, 65_530, 65_535})
    void goesOnWithoutAGapAfterAPause(int first) {
        Producer producer = camera();
        Consumer consumer = bench.consume(producer);
        bench.publish(video(first & 0xFFFF, true, 1));
        bench.publish(video(first + 1 & 0xFFFF, false, 2));
        consumer.pause(bench.nowNanos);
        for (int i = 2; i < 40; i++) {
            bench.publish(video(first + i & 0xFFFF, i % 10 == 0, i + 1));
        }
        bench.pass(2_000);
        bench.toPublisher.clear();
        consumer.resume(bench.nowNanos);
        assertEquals(List.of(SSRC), bench.toPublisher.pictureLosses());
        bench.publish(video(first + 40 & 0xFFFF, false, 41));
        bench.publish(video(first + 41 & 0xFFFF, true, 42));
        bench.publish(video(first + 42 & 0xFFFF, false, 43));

        List<Integer> numbers = bench.toSubscriber.sequenceNumbers();
        assertEquals(4, numbers.size());
        for (int i = 1; i < 4; i++) {
            assertEquals(numbers.getFirst() + i & 0xFFFF, numbers.get(i));
        }
        descriptor.parse(bench.toSubscriber.packet(1));
        int before = descriptor.pictureId();
        descriptor.parse(bench.toSubscriber.packet(2));
        assertTrue(descriptor.isKeyFrame());
        assertEquals(before + 1 & 0x7FFF, descriptor.pictureId());
        assertTrue(bench.toSubscriber.packet(2).timestamp()
                > bench.toSubscriber.packet(1).timestamp());
    }

    @Test
    void stopsWhileTheProducerIsPausedAndRestartsWithAKeyFrame() {
        Producer producer = camera();
        bench.consume(producer);
        bench.publish(video(1, true, 1));
        producer.pause(bench.nowNanos);
        bench.publish(video(2, true, 2));
        bench.pass(2_000);
        bench.toPublisher.clear();
        producer.resume(bench.nowNanos);
        assertEquals(List.of(SSRC), bench.toPublisher.pictureLosses());
        bench.publish(video(3, false, 3));
        bench.publish(video(4, true, 4));

        List<Integer> numbers = bench.toSubscriber.sequenceNumbers();
        assertEquals(List.of(numbers.getFirst(), numbers.getFirst() + 1), numbers);
    }

    @Test
    void asksAPausedProducerForNothing() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC), true);
        Consumer consumer = bench.consume(producer);
        consumer.requestKeyFrame(bench.nowNanos);
        bench.pass(3_000);
        assertEquals(List.of(), bench.toPublisher.pictureLosses());
    }

    @Test
    void throttlesKeyFrameRequestsOfManyConsumers() {
        Producer producer = camera();
        bench.publish(video(1, true, 1));
        for (int i = 0; i < 10; i++) {
            bench.consume(producer);
            bench.pass(20);
        }
        assertEquals(1, bench.toPublisher.pictureLosses().size());
        bench.pass(1_000);
        assertEquals(2, bench.toPublisher.pictureLosses().size(), "again, since none has come");
        bench.publish(video(2, true, 2));
        bench.pass(3_000);
        assertEquals(2, bench.toPublisher.pictureLosses().size());
        assertEquals(10, bench.toSubscriber.rtp.size());
    }

    @Test
    void passesAPictureLossOfTheClientOn() {
        Producer producer = camera();
        Consumer consumer = bench.consume(producer);
        bench.publish(video(1, true, 1));
        bench.pass(1_500);
        bench.toPublisher.clear();
        byte[] indication = new byte[PictureLossIndication.LENGTH];
        PictureLossIndication.write(indication, 0, 1, consumer.ssrc());
        bench.report(indication);
        assertEquals(List.of(SSRC), bench.toPublisher.pictureLosses());
    }

    @Test
    void answersANackOnTheRetransmissionStream() {
        Producer producer = camera();
        Consumer consumer = bench.consume(producer);
        for (int i = 0; i < 5; i++) {
            bench.publish(video(i, i == 0, i));
        }
        int lost = bench.toSubscriber.packet(3).sequenceNumber();
        byte[] original = bench.toSubscriber.rtp.get(3);
        bench.toSubscriber.clear();
        bench.pass(100);
        byte[] nack = new byte[GenericNack.maximumLength(1)];
        GenericNack.write(nack, 0, 1, consumer.ssrc(), new int[] {lost}, 1);
        bench.report(nack);

        assertEquals(1, bench.toSubscriber.rtp.size());
        RtpPacket rtx = bench.toSubscriber.lastPacket();
        assertEquals(consumer.rtxSsrc(), rtx.ssrc());
        assertEquals(routerPayloadType("video/rtx"), rtx.payloadType());
        assertEquals(lost, ByteBuffer.wrap(bench.toSubscriber.rtp.getFirst()).getShort(rtx.payloadOffset()) & 0xFFFF);
        assertEquals(original.length + 2, rtx.length());
    }

    @Test
    void reportsWithCnameAndSaysGoodbye() {
        Producer producer = camera();
        Consumer consumer = bench.consume(producer);
        bench.publish(video(1, true, 1));
        byte[] report = new byte[SenderReport.LENGTH];
        SenderReport.write(report, 0, SSRC, 0xE000_0000_0000_0000L, 3_000, 1, 100, 0);
        bench.publisher.receiveRtcp(report, 0, report.length, bench.nowNanos);
        bench.pass(3_000);
        assertTrue(bench.toSubscriber.senderReports() >= 1);
        assertTrue(bench.toSubscriber.count(RtcpType.SOURCE_DESCRIPTION, -1) >= 1);
        SourceDescription description = new SourceDescription();
        bench.toSubscriber.each(reader -> {
            if (reader.packetType() == RtcpType.SENDER_REPORT) {
                SenderReport sent = new SenderReport();
                assertTrue(sent.wrap(reader));
                assertEquals(consumer.ssrc(), sent.senderSsrc());
            } else if (reader.packetType() == RtcpType.SOURCE_DESCRIPTION) {
                assertTrue(description.wrap(reader));
            }
        });

        bench.subscriber.removeConsumer(consumer);
        assertEquals(1, bench.toSubscriber.count(RtcpType.GOODBYE, -1));
        assertTrue(bench.toSubscriber.retired.containsAll(List.of(consumer.ssrc(), consumer.rtxSsrc())));
    }

    @Test
    void sendsNothingBeforeItsTransportIsConnected() {
        Producer producer = camera();
        bench.subscriber.connected(false);
        bench.consume(producer);
        bench.publish(video(1, true, 1));
        assertTrue(bench.toSubscriber.rtp.isEmpty());
        assertFalse(bench.toPublisher.pictureLosses().contains(SSRC));
        bench.subscriber.connected(true);
        assertEquals(List.of(SSRC), bench.toPublisher.pictureLosses());
    }
}
