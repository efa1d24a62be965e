package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.sfu.ClientParameters;
import dev.foyer.sfu.RtpBytes;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
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
}
