package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.RtcpType;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.sfu.ClientParameters;
import dev.foyer.sfu.PlainClient;
import dev.foyer.sfu.RtpBytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
class ForwardingOverUdpTest {
    private static final long SSRC = 0x1234_5678L;

    private RunningPlane running;

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forwardsAudioAndVideoFromOneClientToAnother(boolean nativeTransport) throws Exception {
        running = RunningPlane.start(1, nativeTransport);
        VertxMediaPlane plane = running.plane();
        RecordingListener listener = new RecordingListener();
        MediaSession session = RunningPlane.get(plane.open("room", listener));
        TransportParameters send = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        TransportParameters receive = RunningPlane.get(session.createTransport(TransportDirection.RECV));
        try (TestPeer publisher = new TestPeer();
                TestPeer subscriber = new TestPeer()) {
            RunningPlane.get(session.connectTransport(send.id(), TestPeer.dtlsParameters()));
            RunningPlane.get(publisher.connect(send));
            listener.awaitConnected(send.id());
            RunningPlane.get(session.connectTransport(receive.id(), TestPeer.dtlsParameters()));
            RunningPlane.get(subscriber.connect(receive));
            listener.awaitConnected(receive.id());

            String producer = RunningPlane.get(
                    session.produce(send.id(), MediaKind.AUDIO, ClientParameters.opus("0", SSRC), false));
            ConsumerParameters audio = RunningPlane.get(session.consume(
                    receive.id(), producer, ClientParameters.capabilities(plane.rtpCapabilities()), false));
            byte[] payload = {9, 8, 7, 6, 5};
            publisher.sendRtp(RtpBytes.packet(SSRC, ClientParameters.OPUS, 1000, 48_000)
                    .payload(payload)
                    .bytes());

            byte[] received = subscriber.nextRtp();
            assertNotNull(received);
            RtpPacket packet = new RtpPacket();
            packet.wrap(received, 0, received.length);
            assertEquals(audio.rtpParameters().encodings().getFirst().ssrc(), packet.ssrc());
            assertEquals(audio.rtpParameters().codecs().getFirst().payloadType(), packet.payloadType());
            assertArrayEquals(
                    payload,
                    Arrays.copyOfRange(
                            received, packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength()));

            String camera = RunningPlane.get(
                    session.produce(send.id(), MediaKind.VIDEO, ClientParameters.vp8("1", SSRC + 1), false));
            ConsumerParameters video = RunningPlane.get(session.consume(
                    receive.id(), camera, ClientParameters.capabilities(plane.rtpCapabilities()), false));
            publisher.sendRtp(RtpBytes.packet(SSRC + 1, ClientParameters.VP8, 7, 90_000)
                    .vp8(false, 1, 1, 0, 900)
                    .bytes());
            publisher.sendRtp(RtpBytes.packet(SSRC + 1, ClientParameters.VP8, 8, 93_000)
                    .vp8(true, 2, 2, 0, 1000)
                    .bytes());
            byte[] keyFrame = subscriber.nextRtp();
            assertNotNull(keyFrame);
            packet.wrap(keyFrame, 0, keyFrame.length);
            assertEquals(video.rtpParameters().encodings().getFirst().ssrc(), packet.ssrc());
            assertEquals(1006, packet.payloadLength(), "the key frame, not what came before it");
        }
    }

    @Test
    void forwardsBetweenPlainConnectionsInTheNumbersOfEach() throws Exception {
        running = RunningPlane.start(1, true);
        RecordingListener listener = new RecordingListener();
        MediaSession session = RunningPlane.get(running.plane().open("room", listener));
        String up = RunningPlane.get(session.createConnection("publisher"));
        String down = RunningPlane.get(session.createConnection("viewer"));
        try (TestPeer publisher = new TestPeer();
                TestPeer subscriber = new TestPeer()) {
            NegotiatedConnection sending = RunningPlane.get(session.answer(
                    up,
                    TestPeer.plainClient()
                            .simulcast("camera", "low", "high")
                            .audio("microphone", "sendonly", SSRC)
                            .offer(),
                    new ConnectionPlan(true, List.of())));
            RunningPlane.get(publisher.connect(sending.sdp()));
            listener.awaitConnected(up);
            List<MediaSource> sources = sending.received().stream()
                    .map(track -> new MediaSource(track.mid(), track.kind(), track.producerId()))
                    .toList();
            String answer = RunningPlane.get(session.answer(
                            down,
                            TestPeer.plainClient()
                                    .audio("a", "recvonly", 0)
                                    .video("v", "sendrecv", 0, "vp8")
                                    .renumber("111", "63")
                                    .renumber("96", "45")
                                    .offer(),
                            new ConnectionPlan(false, sources)))
                    .sdp();
            RunningPlane.get(subscriber.connect(answer));
            listener.awaitConnected(down);

            publisher.sendRtp(RtpBytes.packet(SSRC, ClientParameters.OPUS, 1000, 48_000)
                    .payload(new byte[] {9, 8, 7})
                    .bytes());
            assertSent(answer, 0, "a", 63, subscriber.nextRtp());
            publisher.sendRtp(low(6, false));
            // A layer is chosen when it arrives; it begins with the key frame that is asked for then.
            awaitPictureLoss(publisher);
            publisher.sendRtp(low(7, true));
            assertSent(answer, 1, "v", 45, subscriber.nextRtp());
        }
    }

    private static byte[] low(int number, boolean keyFrame) {
        return RtpBytes.packet(77, ClientParameters.VP8, number, 90_000L * number)
                .extension(ClientParameters.MID_ID, "camera")
                .extension(ClientParameters.RID_ID, "low")
                .vp8(keyFrame, number, number, 0, 900)
                .bytes();
    }

    private static void awaitPictureLoss(TestPeer peer) throws InterruptedException {
        RtcpReader reader = new RtcpReader();
        while (true) {
            byte[] rtcp = peer.nextRtcp();
            assertNotNull(rtcp, "no key frame is asked for");
            reader.wrap(rtcp, 0, rtcp.length);
            while (reader.next()) {
                if (reader.packetType() == RtcpType.PAYLOAD_FEEDBACK && reader.count() == RtcpType.FORMAT_PLI) {
                    return;
                }
            }
        }
    }

    private static void assertSent(String answer, int source, String mid, int payloadType, byte[] received) {
        assertNotNull(received);
        RtpPacket packet = new RtpPacket();
        packet.wrap(received, 0, received.length);
        String ssrc = PlainClient.values(answer, "ssrc").stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .toList()
                .get(source);
        assertEquals(Long.parseLong(ssrc), packet.ssrc());
        assertEquals(payloadType, packet.payloadType());
        HeaderExtensionReader extensions = packet.extensions();
        assertTrue(extensions.find(ClientParameters.MID_ID));
        assertEquals(mid, extensions.text());
    }
}
