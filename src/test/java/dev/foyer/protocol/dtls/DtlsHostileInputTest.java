package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link DtlsSession} survives. */
@Timeout(60)
class DtlsHostileInputTest {
    private static final List<CertificateFingerprint> OURS = List.of(End.OURS.sha256());
    private static final List<CertificateFingerprint> THEIRS = List.of(End.THEIRS.sha256());

    private final Loop loop = new Loop();
    private final End server = new End(loop, End.OURS);
    private final End client = new End(loop, End.THEIRS);

    @Test
    void isNotDisturbedByForgedCiphertextDuringTheHandshake() {
        byte[] forged = {23, (byte) 0xFE, (byte) 0xFD, 0, 1, 0, 0, 0, 0, 0, 77, 0, 3, 1, 2, 3};
        client.wire = datagram -> List.of(forged, datagram, forged);
        server.wire = client.wire;
        connect();

        assertEquals(
                1, client.sent.stream().filter(DtlsHostileInputTest::isHello).count());
    }

    @Test
    void survivesForgedAndDamagedRecords() {
        Random random = new Random(1);
        UnaryOperator<byte[]> noise = datagram -> {
            byte[] mutated = Arrays.copyOf(datagram, random.nextInt(datagram.length + 1));
            for (int i = random.nextInt(8); i > 0 && mutated.length > 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            return mutated;
        };
        connect();
        for (int i = 0; i < 2000; i++) {
            assertTrue(client.say("message " + i));
            byte[] record = client.sent.getLast();
            byte[] mutated = noise.apply(record);
            if (!Arrays.equals(record, mutated)) {
                server.session.receive(mutated, 0, mutated.length);
            }
        }
        loop.runPending();
        assertTrue(server.session.isConnected());
        assertEquals(2000, server.received.size());
    }

    @Test
    void isNotEndedByAnEncryptedRecordOfAnyLengthOrType() {
        connect();
        int sequence = 1000;
        for (int type = 20; type <= 26; type++) {
            for (int size = 0; size < 60; size++) {
                byte[] forged = new byte[13 + size];
                forged[0] = (byte) type;
                forged[1] = (byte) 0xFE;
                forged[2] = (byte) 0xFD;
                forged[4] = 1;
                forged[9] = (byte) (sequence >> 8);
                forged[10] = (byte) sequence++;
                forged[12] = (byte) size;
                server.session.receive(forged, 0, forged.length);
                forged[4] = 0;
                server.session.receive(forged, 0, forged.length);
            }
        }
        assertTrue(client.say("still there"));
        loop.runPending();
        assertEquals(List.of("still there"), server.received);
    }

    @Test
    void endsInAVerdictWhateverArrivesDuringTheHandshake() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            End attacked = new End(loop, End.OURS, 400);
            End attacker = new End(loop, End.THEIRS, 400);
            attacker.wire = datagram -> {
                byte[] mutated = datagram.clone();
                for (int i = random.nextInt(3); i > 0; i--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                }
                return List.of(mutated);
            };
            End.join(loop, attacked, attacker);
            attacked.session.start(DtlsRole.SERVER, THEIRS);
            attacker.session.start(DtlsRole.CLIENT, OURS);
            loop.runUntil(() -> attacked.isOver() && attacker.isOver());
            assertAllThreadsEnd(attacked, attacker);
        }
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
