package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.srtp.SrtpProfile;
import dev.foyer.protocol.srtp.SrtpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.TlsCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DtlsSessionTest {
    private static final List<CertificateFingerprint> OURS = List.of(End.OURS.sha256());
    private static final List<CertificateFingerprint> THEIRS = List.of(End.THEIRS.sha256());

    private final Loop loop = new Loop();
    private final End server = new End(loop, End.OURS);
    private final End client = new End(loop, End.THEIRS);

    @Test
    void agreesOnKeysWithWhichBothEndsUnderstandEachOther() {
        connect();

        assertEquals(SrtpProfile.AEAD_AES_128_GCM, server.keys.profile());
        byte[] buffer = new byte[200];
        buffer[0] = (byte) 0x80;
        int length = new SrtpSession(server.keys).protectRtp(buffer, 0, 100);
        assertEquals(100, new SrtpSession(client.keys).unprotectRtp(buffer, 0, length));
    }

    @ParameterizedTest
    @EnumSource
    void takesTheProfileThatTheClientOffers(SrtpProfile only) {
        End choosy = new End(loop, End.THEIRS, only);
        shakeHands(server, choosy);

        assertEquals(only, server.keys.profile());
        assertEquals(only, choosy.keys.profile());
    }

    @Test
    void hearsAChaCha20ClientClose() {
        BareClient chaCha = new BareClient(loop, server) {
            @Override
            TlsCredentials credentials() throws IOException {
                return properCredentials();
            }

            @Override
            int cipherSuite() {
                return CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256;
            }
        };
        chaCha.closeOnceConnected().start();
        server.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(() -> server.closed || server.failure != null);

        assertTrue(server.closed);
    }

    static Stream<UnaryOperator<List<byte[]>>> arrangements() {
        return Stream.of(HelloSplitter::inOrder, HelloSplitter::swapped, HelloSplitter::duplicated);
    }

    @ParameterizedTest
    @MethodSource("arrangements")
    void reassemblesAHelloThatComesInTwoDatagrams(UnaryOperator<List<byte[]>> arrangement) {
        HelloSplitter splitter = new HelloSplitter(arrangement);
        client.wire = splitter;
        connect();

        assertTrue(splitter.splitOne);
        // No retransmission was needed: the client's two flights are a hello and one more.
        assertEquals(1, client.sent.stream().filter(DtlsSessionTest::isHello).count());
    }

    @Test
    void reassemblesAHelloThatIsLargerThanADatagramAndComesInTheWrongOrder() {
        int[] hellos = {0};
        BareClient postQuantum = new BareClient(loop, server) {
            @Override
            int padding() {
                return 1250;
            }

            @Override
            TlsCredentials credentials() throws IOException {
                return properCredentials();
            }

            @Override
            List<byte[]> wire(List<byte[]> allSent) {
                hellos[0] += isHello(allSent.getLast()) ? 1 : 0;
                return switch (allSent.size()) {
                    case 1 -> List.of();
                    case 2 -> List.of(allSent.get(1), allSent.get(0), allSent.get(1));
                    default -> super.wire(allSent);
                };
            }
        };
        postQuantum.start();
        server.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(server::isOver);

        assertTrue(server.session.isConnected());
        assertEquals(2, hellos[0], "one flight of two datagrams");
    }

    @Test
    void processesWhatCameBeforeItKnewTheFingerprint() {
        End.join(loop, server, client);
        client.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(() -> !client.sent.isEmpty());
        loop.runPending();
        server.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(() -> server.isOver() && client.isOver());

        assertTrue(server.session.isConnected());
        assertEquals(1, client.sent.stream().filter(DtlsSessionTest::isHello).count());
    }

    @Test
    void queuesABoundedNumberOfDatagrams() {
        byte[] junk = new byte[100];
        for (int i = 0; i < 1000; i++) {
            server.session.receive(junk, 0, junk.length);
        }
        assertEquals(1000 - DatagramQueue.CAPACITY, server.session.dropped());
        server.session.receive(new byte[3000], 0, 3000);
        assertEquals(1001 - DatagramQueue.CAPACITY, server.session.dropped());

        connect();
    }

    @Test
    void retransmitsALostFlight() {
        int[] lost = {0};
        server.wire = datagram -> lost[0]++ == 0 ? List.of() : List.of(datagram);
        connect();
    }

    @Test
    void repeatsItsLastFlightAfterItsThreadHasEnded() {
        int[] finished = {0};
        // Epoch 1 comes last: the server's Finished. Losing it leaves the client waiting, and the server connected.
        server.wire = datagram -> datagram[4] == 1 && finished[0]++ == 0 ? List.of() : List.of(datagram);
        End.join(loop, server, client);
        server.session.start(DtlsRole.SERVER, THEIRS);
        client.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(server::isOver);
        assertAllThreadsEnd(server);
        assertFalse(client.isOver());
        loop.runUntil(client::isOver);

        assertTrue(client.session.isConnected());
        assertTrue(finished[0] >= 2);
    }

    @Test
    void neverSendsADatagramAboveTheLimit() {
        connect();
        assertTrue(client.say("x".repeat(1100)));
        assertFalse(client.say("x".repeat(1200)));
        assertTrue(client.session.isConnected());
        Stream.concat(client.sent.stream(), server.sent.stream())
                .forEach(datagram -> assertTrue(datagram.length <= DtlsSession.MAX_DATAGRAM_SENT));
    }

    @Test
    void carriesApplicationDataBothWaysWithoutAThread() {
        connect();
        assertAllThreadsEnd(server, client);
        assertTrue(client.say("ping"));
        assertTrue(server.say("pong"));
        loop.runPending();

        assertEquals(List.of("ping"), server.received);
        assertEquals(List.of("pong"), client.received);
    }

    @Test
    void tellsThePeerThatItCloses() {
        connect();
        client.session.close();
        client.session.close();
        loop.runPending();

        assertTrue(server.closed);
        assertFalse(server.session.isConnected());
        assertFalse(client.closed, "no callback after one's own close");
        assertFalse(client.say("late"));
        assertFalse(server.say("late"));
        assertAllThreadsEnd(server, client);
    }

    @Test
    void freesTheThreadOfAHandshakeThatIsClosed() {
        server.session.start(DtlsRole.SERVER, THEIRS);
        client.session.start(DtlsRole.CLIENT, OURS);
        server.session.close();
        client.session.close();

        assertAllThreadsEnd(server, client);
        loop.runPending();
        assertFalse(server.isOver() || client.isOver(), "no callback after close");
    }

    @Test
    void freesTheThreadWhenTheOwnersLoopIsGone() {
        Thread[] started = new Thread[1];
        DtlsSession orphan = new DtlsSession(
                End.OURS,
                (_, _, _) -> {},
                server,
                _ -> {
                    throw new RejectedExecutionException();
                },
                End.RANDOM,
                new DtlsOptions(List.of(SrtpProfile.values()), 60_000, task -> {
                    started[0] = Thread.ofVirtual().unstarted(task);
                    return started[0];
                }));
        orphan.start(DtlsRole.CLIENT, THEIRS);

        assertTrue(join(started[0]));
    }

    @Test
    void givesUpOnASilentPeer() {
        End patient = new End(loop, End.OURS, 50);
        patient.session.start(DtlsRole.CLIENT, THEIRS);
        loop.runUntil(patient::isOver);

        assertEquals(DtlsFailure.TIMEOUT, patient.failure);
        assertAllThreadsEnd(patient);
    }

    @Test
    void givesUpOnAPeerThatNeverSaysHello() {
        End patient = new End(loop, End.OURS, 50);
        patient.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(patient::isOver);

        assertEquals(DtlsFailure.TIMEOUT, patient.failure);
        assertAllThreadsEnd(patient);
    }

    @Test
    void givesUpOnAPeerThatOnlyRepeatsItsHello() {
        End patient = new End(loop, End.OURS, 200);
        End stalling = new End(loop, End.THEIRS);
        End.join(loop, stalling, patient);
        patient.peer = _ ->
                loop.execute(() -> stalling.sent.forEach(hello -> patient.session.receive(hello, 0, hello.length)));
        patient.session.start(DtlsRole.SERVER, THEIRS);
        stalling.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(patient::isOver);

        assertEquals(DtlsFailure.TIMEOUT, patient.failure);
        stalling.session.close();
        assertAllThreadsEnd(patient, stalling);
    }

    @Test
    void startsOnceOnly() {
        server.session.start(DtlsRole.SERVER, THEIRS);
        assertThrows(IllegalStateException.class, () -> server.session.start(DtlsRole.SERVER, THEIRS));
        server.session.close();
        server.session.start(DtlsRole.SERVER, THEIRS);
        assertEquals(1, server.threads.size());
    }

    @Test
    void ignoresDatagramsOnceClosed() {
        connect();
        server.session.close();
        assertTrue(client.say("late"));
        loop.runPending();

        assertTrue(server.received.isEmpty());
        assertArrayEquals(new boolean[] {true, false}, new boolean[] {client.closed, server.closed});
    }

    private void connect() {
        shakeHands(server, client);
        assertNull(server.failure);
        assertNull(client.failure);
    }

    private void shakeHands(End passive, End active) {
        End.join(loop, passive, active);
        passive.session.start(DtlsRole.SERVER, THEIRS);
        active.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(() -> passive.isOver() && active.isOver());
    }

    private static boolean isHello(byte[] datagram) {
        return datagram[0] == 22 && datagram[4] == 0 && datagram[13] == 1;
    }

    private static void assertAllThreadsEnd(End... ends) {
        for (End end : ends) {
            assertEquals(1, end.threads.size());
            assertTrue(join(end.threads.getFirst()), "a handshake thread is left");
        }
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
