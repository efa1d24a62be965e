package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.MediaError;
import dev.foyer.room.MediaException;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.sfu.ClientParameters;
import dev.foyer.sfu.ConnectivityCheck;
import dev.foyer.sfu.RtpBytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must have no effect but a counter, sent through the socket like anything else. */
@Tag("integration")
class HostileTrafficTest {
    private static final long SSRC = 0x5150_0001L;

    private RunningPlane running;
    private MediaSession session;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void start() throws Exception {
        running = RunningPlane.start(1, true);
        session = RunningPlane.get(running.plane().open("room", listener));
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    /** Two connected clients, one of which hears the other. */
    private final class Call implements AutoCloseable {
        final TransportParameters send = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        final TransportParameters receive = RunningPlane.get(session.createTransport(TransportDirection.RECV));
        final TestPeer publisher = new TestPeer();
        final TestPeer subscriber = new TestPeer();
        private int number;

        Call() throws Exception {
            RunningPlane.get(session.connectTransport(send.id(), TestPeer.dtlsParameters()));
            RunningPlane.get(session.connectTransport(receive.id(), TestPeer.dtlsParameters()));
            RunningPlane.get(publisher.connect(send));
            listener.awaitConnected(send.id());
            RunningPlane.get(subscriber.connect(receive));
            listener.awaitConnected(receive.id());
            String producer = RunningPlane.get(
                    session.produce(send.id(), MediaKind.AUDIO, ClientParameters.opus("0", SSRC), false));
            RunningPlane.get(session.consume(
                    receive.id(),
                    producer,
                    ClientParameters.capabilities(running.plane().rtpCapabilities()),
                    false));
        }

        byte[] speak() {
            number++;
            return publisher.sendRtp(RtpBytes.packet(SSRC, ClientParameters.OPUS, number, number * 960L)
                    .bytes());
        }

        /** One more packet comes through, and nothing before it. */
        void assertStillHeard() throws Exception {
            speak();
            assertNotNull(subscriber.nextRtp());
            assertEquals(0, subscriber.rtpWaiting());
        }

        @Override
        public void close() {
            publisher.close();
            subscriber.close();
        }
    }

    @Test
    void refusesReplayedAndTamperedMedia() throws Exception {
        try (Call call = new Call()) {
            byte[] sent = call.speak();
            assertNotNull(call.subscriber.nextRtp());
            call.publisher.sendRaw(sent);
            byte[] tampered = sent.clone();
            tampered[3]++;
            tampered[tampered.length - 1] ^= 1;
            call.publisher.sendRaw(tampered);
            call.assertStillHeard();
            MediaCounters counters = running.counters();
            assertEquals(1, counters.srtpReplayed());
            assertEquals(1, counters.srtpAuthenticationFailed());
            assertEquals(0, counters.faults());
        }
    }

    @Test
    void refusesMediaFromAnAddressThatHasNotProvedItself() throws Exception {
        try (Call call = new Call();
                TestPeer stranger = new TestPeer()) {
            byte[] sent = call.speak();
            assertNotNull(call.subscriber.nextRtp());
            stranger.target(call.publisher.target());
            byte[] next = sent.clone();
            next[3]++;
            stranger.sendRaw(next);
            call.assertStillHeard();
            assertEquals(1, running.counters().unknownTuple());
        }
    }

    @Test
    void countsStreamsThatNobodyProduces() throws Exception {
        try (Call call = new Call()) {
            call.publisher.sendRtp(
                    RtpBytes.packet(99, ClientParameters.OPUS, 1, 1).bytes());
            call.assertStillHeard();
            assertEquals(1, running.counters().rtpUnknownSsrc());
        }
    }

    @Test
    void answersNoCheckWithAWrongPassword() throws Exception {
        try (Call call = new Call();
                TestPeer stranger = new TestPeer()) {
            stranger.target(call.publisher.target());
            String fragment = call.send.iceParameters().usernameFragment();
            stranger.sendRaw(ConnectivityCheck.nominating(fragment, "wrong-wrong-wrong-wrong-wrong", 1));
            stranger.sendRaw(ConnectivityCheck.nominating("nobody", "wrong-wrong-wrong-wrong-wrong", 2));
            call.assertStillHeard();
            MediaCounters counters = running.counters();
            assertEquals(1, counters.stunUnauthenticated());
            assertEquals(1, counters.stunUnknownUsername());
            assertEquals(0, stranger.datagramsReceived());
        }
    }

    @Test
    void keepsNothingOfPacketsFromManyAddressesAndAnswersNone() throws Exception {
        try (Call call = new Call()) {
            byte[] media = call.speak();
            assertNotNull(call.subscriber.nextRtp());
            String fragment = call.send.iceParameters().usernameFragment();
            byte[] hello = new byte[] {22, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            byte[] check = ConnectivityCheck.nominating(fragment, "wrong-wrong-wrong-wrong-wrong", 1);
            int sources = 300;
            for (int i = 0; i < sources; i++) {
                // All of 127.0.0.0/8 is this machine.
                byte[] from = {127, 1, (byte) (i >> 8), (byte) i};
                try (DatagramChannel source = DatagramChannel.open()) {
                    source.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
                    for (byte[] packet : List.of(media, hello, check)) {
                        source.send(ByteBuffer.wrap(packet), call.publisher.target());
                    }
                    if (i % 30 == 0) {
                        call.assertStillHeard();
                    }
                    source.configureBlocking(false);
                    assertNull(source.receive(ByteBuffer.allocate(100)));
                }
            }
            call.assertStillHeard();
            MediaCounters counters = running.counters();
            assertEquals(2L * sources, counters.unknownTuple());
            assertEquals(sources, counters.stunUnauthenticated());
            assertEquals(0, counters.dtlsFailed());
        }
    }

    @Test
    void failsATransportWhoseCertificateIsNotTheSignaledOne() throws Exception {
        TransportParameters transport = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        DtlsFingerprint wrong = new DtlsFingerprint("sha-256", "00:".repeat(31) + "00");
        RunningPlane.get(session.connectTransport(transport.id(), new DtlsParameters(DtlsRole.CLIENT, List.of(wrong))));
        try (TestPeer peer = new TestPeer()) {
            assertThrows(ExecutionException.class, () -> RunningPlane.get(peer.connect(transport)));
            assertEquals("transportState " + transport.id() + " FAILED", listener.next());
            assertEquals(1, running.counters().dtlsFailed());
        }
    }

    @Test
    void survivesRandomAndMutatedDatagrams() throws Exception {
        try (Call call = new Call()) {
            byte[] media = call.speak();
            assertNotNull(call.subscriber.nextRtp());
            IceParameters ice = call.send.iceParameters();
            byte[] check = ConnectivityCheck.nominating(ice.usernameFragment(), ice.password(), 9);
            List<byte[]> samples = List.of(media, check, new byte[] {22, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 1, 0});
            Random random = new Random(7);
            int sent = 0;
            for (byte[] datagram : mutations(samples, random)) {
                call.publisher.sendRaw(datagram);
                // Not more at once than any socket buffer holds.
                if (++sent % 50 == 0) {
                    call.assertStillHeard();
                }
            }
            call.assertStillHeard();
            assertEquals(0, running.counters().faults());
        }
    }

    private static List<byte[]> mutations(List<byte[]> samples, Random random) {
        List<byte[]> mutated = new ArrayList<>();
        for (byte[] sample : samples) {
            for (int length = 1; length < sample.length; length++) {
                mutated.add(Arrays.copyOf(sample, length));
            }
            for (int i = 0; i < sample.length; i++) {
                byte[] flipped = sample.clone();
                flipped[i] ^= (byte) (1 << random.nextInt(8));
                mutated.add(flipped);
            }
        }
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[1 + random.nextInt(1_400)];
            random.nextBytes(noise);
            mutated.add(noise);
        }
        return mutated;
    }

    @Test
    void refusesWhatContradictsItself() throws Exception {
        TransportParameters transport = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        assertRefused(
                MediaError.INVALID_PARAMETERS,
                () -> session.connectTransport(transport.id(), new DtlsParameters(DtlsRole.CLIENT, List.of())));
        RunningPlane.get(session.connectTransport(transport.id(), TestPeer.dtlsParameters()));
        assertRefused(
                MediaError.INVALID_PARAMETERS,
                () -> session.connectTransport(transport.id(), TestPeer.dtlsParameters()));
        assertRefused(MediaError.TRANSPORT_NOT_FOUND, () -> session.closeTransport("nobody's"));
        assertRefused(MediaError.PRODUCER_NOT_FOUND, () -> session.pauseProducer("nobody's"));
        assertRefused(MediaError.CONSUMER_NOT_FOUND, () -> session.resumeConsumer("nobody's"));
        session.close();
        assertRefused(MediaError.CLOSED, () -> session.createTransport(TransportDirection.SEND));
    }

    private static void assertRefused(MediaError error, Supplier<CompletionStage<?>> request) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> RunningPlane.get(request.get()));
        assertTrue(failure.getCause() instanceof MediaException);
        assertEquals(error, ((MediaException) failure.getCause()).error());
    }
}
