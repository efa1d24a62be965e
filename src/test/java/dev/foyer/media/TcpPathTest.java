package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.room.TransportState;
import dev.foyer.sfu.ClientParameters;
import dev.foyer.sfu.RtpBytes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients whose UDP is blocked: ICE, DTLS and SRTP over TCP connections. */
@Tag("integration")
class TcpPathTest {
    private static final long SSRC = 0x7C90_0001L;

    private RunningPlane running;
    private MediaSession session;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void reset() {
        running = null;
    }

    private void start(boolean nativeTransport) throws Exception {
        running = RunningPlane.start(1, nativeTransport);
        session = RunningPlane.get(running.plane().open("room", listener));
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    private TransportParameters connect(TestPeer peer, TransportDirection direction) throws Exception {
        TransportParameters transport = RunningPlane.get(session.createTransport(direction));
        RunningPlane.get(session.connectTransport(transport.id(), TestPeer.dtlsParameters()));
        RunningPlane.get(peer.connect(transport));
        listener.awaitConnected(transport.id());
        return transport;
    }

    private void consume(TransportParameters send, TransportParameters receive) throws Exception {
        String producer =
                RunningPlane.get(session.produce(send.id(), MediaKind.AUDIO, ClientParameters.opus("0", SSRC), false));
        RunningPlane.get(session.consume(
                receive.id(),
                producer,
                ClientParameters.capabilities(running.plane().rtpCapabilities()),
                false));
    }

    private static byte[] speech(int number) {
        return RtpBytes.packet(SSRC, ClientParameters.OPUS, number, number * 960L)
                .payload(new byte[1_000])
                .bytes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mediaGoesFromTcpToUdpAndToTcp(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        try (TestPeer publisher = new TestPeer(new TcpPeerSocket());
                TestPeer overTcp = new TestPeer(new TcpPeerSocket());
                TestPeer overUdp = new TestPeer()) {
            TransportParameters send = connect(publisher, TransportDirection.SEND);
            TransportParameters receive = connect(overTcp, TransportDirection.RECV);
            TransportParameters other = connect(overUdp, TransportDirection.RECV);
            String producer = RunningPlane.get(
                    session.produce(send.id(), MediaKind.AUDIO, ClientParameters.opus("0", SSRC), false));
            for (TransportParameters to : List.of(receive, other)) {
                RunningPlane.get(session.consume(
                        to.id(),
                        producer,
                        ClientParameters.capabilities(running.plane().rtpCapabilities()),
                        false));
            }
            // A round is small enough for the receive buffer of any UDP socket, and read before the next begins.
            for (int round = 0; round < 5; round++) {
                for (int i = 1; i <= 20; i++) {
                    publisher.sendRtp(speech(round * 20 + i));
                }
                for (int i = 1; i <= 20; i++) {
                    assertNotNull(overTcp.nextRtp(), "over TCP, round " + round + ", " + i);
                    assertNotNull(overUdp.nextRtp(), "over UDP, round " + round + ", " + i);
                }
            }
            MediaCounters counters = running.counters();
            assertEquals(2, counters.tcpAccepted());
            assertEquals(0, counters.tcpRefused());
            assertEquals(0, counters.faults());
        }
    }

    @Test
    void aLostConnectionDisconnectsAndAnotherGoesOn() throws Exception {
        start(true);
        try (TestPeer publisher = new TestPeer();
                TestPeer subscriber = new TestPeer(new TcpPeerSocket())) {
            TransportParameters send = connect(publisher, TransportDirection.SEND);
            TransportParameters receive = connect(subscriber, TransportDirection.RECV);
            consume(send, receive);
            publisher.sendRtp(speech(1));
            assertNotNull(subscriber.nextRtp());

            subscriber.hangUp();
            assertEquals("transportState " + receive.id() + " " + TransportState.DISCONNECTED, listener.next());

            // The same client over another connection: its keys are those of before.
            subscriber.moveTo(new TcpPeerSocket());
            subscriber.check(receive.iceParameters());
            listener.awaitConnected(receive.id());
            publisher.sendRtp(speech(2));
            assertNotNull(subscriber.nextRtp());
        }
    }

    @Test
    void aConnectionEndsWithItsTransport() throws Exception {
        start(true);
        try (TestPeer peer = new TestPeer(new TcpPeerSocket())) {
            TransportParameters transport = connect(peer, TransportDirection.SEND);
            RunningPlane.get(session.closeTransport(transport.id()));
            peer.ended().get(10, TimeUnit.SECONDS);
            session.close();
            assertTrue(RunningPlane.get(running.plane().askIdle()));
        }
    }
}
