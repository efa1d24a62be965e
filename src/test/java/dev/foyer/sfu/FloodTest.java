package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.dtls.DtlsCertificate;
import dev.foyer.protocol.ice.TransportProtocol;
import dev.foyer.protocol.ice.Tuple;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What floods leave behind: from addresses that are made up, and from clients that shake half a hand. */
class FloodTest {
    private static final int SOURCES = 100_000;
    private static final int MILLI = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM, Instant.EPOCH);

    /** Counts replies, their bytes, and the ends of paths. */
    private static final class Replies implements PacketOutput {
        private int sent;
        private final List<Tuple> ended = new ArrayList<>();

        @Override
        public void send(Tuple tuple, byte[] buffer, int offset, int length) {
            sent++;
        }

        @Override
        public void pathEnded(Tuple tuple) {
            ended.add(tuple);
        }
    }

    private final Replies replies = new Replies();
    private final SfuWorker worker = new SfuWorker(replies, Runnable::run, CERTIFICATE, RANDOM, 0, 2);
    private final PacketPort port =
            worker.addPort(TransportProtocol.UDP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000));
    private final PacketPort tcp =
            worker.addPort(TransportProtocol.TCP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000));
    private final Router router =
            worker.openRouter(new RouterSettings(ForwardingBench.ROUTER, RouterLimits.DEFAULT), new RouterListener() {
                @Override
                public void transportState(String transportId, WebRtcTransportState state) {}

                @Override
                public void consumerClosed(String consumerId) {}

                @Override
                public void producerClosed(String producerId) {}

                @Override
                public void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {}

                @Override
                public void audioLevels(Map<String, Integer> levelsByProducer) {}
            });
    private long now = 1;

    @AfterEach
    void close() {
        worker.close();
    }

    private void receive(PacketPort on, InetSocketAddress from, byte[] packet) {
        byte[] buffer = new byte[packet.length + 64];
        System.arraycopy(packet, 0, buffer, 0, packet.length);
        now += MILLI;
        worker.receive(on, from, buffer, 0, packet.length, now);
    }

    private static InetSocketAddress source(int i) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}),
                    1 + i % 65_535);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] clientHello() {
        byte[] hello = new byte[200];
        hello[0] = 22;
        hello[1] = (byte) 254;
        hello[2] = (byte) 253;
        hello[12] = (byte) (hello.length - 13);
        hello[13] = 1;
        return hello;
    }

    @Test
    void spoofedAddressesLeaveNothingAndGetNothing() {
        TransportParameters transport = router.createTransport();
        String fragment = transport.iceParameters().usernameFragment();
        byte[][] flood = {
            ConnectivityCheck.nominating(fragment, "not-the-password-of-this", 1),
            ConnectivityCheck.nominating("nobodysfragment", "not-the-password-of-this", 2),
            clientHello(),
            RtpBytes.packet(7, 111, 1, 1).payload(new byte[900]).bytes(),
            new byte[] {(byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 7},
            noise(),
        };
        int load = worker.load();
        for (int i = 0; i < SOURCES; i++) {
            receive(i % 2 == 0 ? port : tcp, source(i), flood[i % flood.length]);
        }
        assertEquals(0, replies.sent);
        assertEquals(0, worker.paths());
        assertEquals(0, worker.handshakes());
        assertEquals(load, worker.load());
        SfuCounters counters = worker.counters();
        assertEquals(
                SOURCES,
                counters.stunUnauthenticated()
                        + counters.stunUnknownUsername()
                        + counters.unknownTuple()
                        + counters.malformed());

        router.close();
        assertTrue(worker.isIdle());
    }

    private static byte[] noise() {
        byte[] noise = new byte[300];
        new Random(4).nextBytes(noise);
        noise[0] = 100;
        return noise;
    }

    @Test
    void aClientThatChangesItsAddressForeverKeepsAHandfulOfPaths() {
        TransportParameters transport = router.createTransport();
        for (int i = 0; i < 1_000; i++) {
            receive(port, source(i), checkFor(transport, i));
            assertTrue(worker.paths() <= 8, "paths after " + i);
        }
        assertEquals(1_000, replies.sent);
        assertEquals(1_000 - worker.paths(), replies.ended.size());
    }

    @Test
    void dtlsFromAnAddressWithoutACheckReachesNoTransport() {
        TransportParameters transport = connected(0);
        assertEquals(1, worker.handshakes());
        int sent = replies.sent;
        receive(port, source(99), clientHello());
        assertEquals(1, worker.counters().unknownTuple());
        assertEquals(sent, replies.sent);
        router.closeTransport(transport.id());
    }

    @Test
    void halfOpenHandshakesAreBoundedAndTheNextBeginsWhenOneEnds() {
        TransportParameters first = connected(0);
        connected(1);
        connected(2);
        assertEquals(2, worker.handshakes());
        worker.tick(now += MILLI);
        assertEquals(2, worker.handshakes());

        router.closeTransport(first.id());
        assertEquals(1, worker.handshakes());
        worker.tick(now += MILLI);
        assertEquals(2, worker.handshakes());

        router.close();
        assertEquals(0, worker.handshakes());
    }

    @Test
    void aPathEndsWithItsConnectionAndWithItsTransport() {
        TransportParameters lost = router.createTransport();
        receive(tcp, source(1), checkFor(lost, 1));
        assertTrue(tcp.knows(source(1)));
        assertFalse(port.knows(source(1)), "the same address over UDP is another path");
        worker.pathLost(tcp, source(1));
        assertFalse(tcp.knows(source(1)));
        assertEquals(1, replies.ended.size());

        TransportParameters closed = router.createTransport();
        receive(tcp, source(2), checkFor(closed, 2));
        router.closeTransport(closed.id());
        assertEquals(List.of(tcp.tuple(source(1)), tcp.tuple(source(2))), replies.ended);
        worker.pathLost(tcp, source(2));
        assertEquals(2, replies.ended.size());
    }

    @Test
    void tellsAConnectionThatIsForSomebodyHereByItsFirstPacket() {
        TransportParameters transport = router.createTransport();
        byte[] check = checkFor(transport, 1);
        assertTrue(worker.expects(check, 0, check.length));
        byte[] foreign = ConnectivityCheck.nominating("nobodysfragment", "not-the-password-of-this", 2);
        assertFalse(worker.expects(foreign, 0, foreign.length));
        assertFalse(worker.expects(clientHello(), 0, 200));
        for (int length = 0; length < 40; length++) {
            assertFalse(worker.expects(check, 0, length), "cut off at " + length);
        }
    }

    private static byte[] checkFor(TransportParameters transport, int transaction) {
        return ConnectivityCheck.nominating(
                transport.iceParameters().usernameFragment(),
                transport.iceParameters().password(),
                transaction);
    }

    /** A transport whose client has proved its address and said no more. */
    private TransportParameters connected(int i) {
        TransportParameters transport = router.createTransport();
        router.connectTransport(
                transport.id(),
                new DtlsParameters(DtlsRole.CLIENT, List.of(new DtlsFingerprint("sha-256", "00:".repeat(31) + "00"))));
        receive(port, source(i), checkFor(transport, i));
        return transport;
    }
}
