package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.protocol.srtp.SrtpProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The input is what a client's address sends during the handshake: datagrams, each behind its length of 16 bits. They are
 * fed to BouncyCastle through the queue, on this thread and without waiting: the end of the input ends the handshake.
 * Whatever they are, it ends in a verdict that {@link DtlsSession} knows, nobody gets keys who has no certificate, and the
 * answers stay within a few flights.
 */
class DatagramQueueFuzzTest implements FuzzTarget {
    private static final List<byte[]> FLIGHTS = recorded();
    private static final int MOST_SENT = 32_000;

    /** What a real client sends, up to the end of the handshake. */
    private static List<byte[]> recorded() {
        Loop loop = new Loop();
        End server = new End(loop, End.OURS);
        End client = new End(loop, End.THEIRS);
        End.join(loop, server, client);
        server.session.start(DtlsRole.SERVER, List.of(End.THEIRS.sha256()));
        client.session.start(DtlsRole.CLIENT, List.of(End.OURS.sha256()));
        loop.runUntil(() -> server.isOver() && client.isOver());
        return List.copyOf(client.sent);
    }

    @Override
    public List<byte[]> corpus() {
        List<byte[]> halves = new ArrayList<>();
        byte[] hello = FLIGHTS.getFirst();
        halves.add(hello);
        halves.add(hello);
        return List.of(framed(FLIGHTS.subList(0, 1)), framed(FLIGHTS), framed(halves), framed(FLIGHTS.reversed()));
    }

    @Override
    public int longest() {
        return 8_000;
    }

    /** Each handshake that gets as far costs a signature. */
    @Override
    public int runs() {
        return 1_000;
    }

    /** One handshake, and for each datagram an answer or a flight again; no message may be longer than BouncyCastle's limit. */
    @Override
    public long heapBound(int length) {
        return 6_000_000 + 2_000L * length;
    }

    @Override
    public Object examine(byte[] input) {
        int[] sent = {0, 0};
        DatagramQueue queue = new DatagramQueue((_, _, length) -> {
            sent[0]++;
            sent[1] += length;
        });
        int at = 0;
        while (at + 2 <= input.length) {
            int length = Math.min((input[at] & 0xFF) << 8 | (input[at + 1] & 0xFF), input.length - at - 2);
            boolean fits = length > 0 && length <= DatagramQueue.MAX_DATAGRAM_RECEIVED;
            assertTrue(fits || !queue.offer(input, at + 2, length), "takes what is too long");
            if (fits) {
                queue.offer(input, at + 2, length);
            }
            at += 2 + length;
        }
        queue.stopWaiting(CiphertextGuard.SHORTEST_GCM);
        String verdict = handshake(queue);
        assertTrue(sent[1] <= MOST_SENT, "answers of " + sent[1] + " bytes");
        return List.of(verdict, sent[0]);
    }

    private static String handshake(DatagramQueue queue) {
        PeerIdentity identity = new PeerIdentity(new BcTlsCrypto(End.RANDOM), End.OURS, List.of(End.THEIRS.sha256()));
        SrtpNegotiation srtp = new SrtpNegotiation(identity, false, Arrays.asList(SrtpProfile.values()));
        SrtpTlsServer server = new SrtpTlsServer(identity, srtp, DtlsSession.HANDSHAKE_TIMEOUT_MILLIS);
        try {
            var _ = new DTLSServerProtocol().accept(server, queue);
            return "connected";
        } catch (IOException | RuntimeException verdict) {
            // The server's random differs each time, so no recorded proof of possession can ever fit.
            assertFalse(srtp.keys() != null, "keys without a handshake");
            return verdict.getClass().getSimpleName() + identity.failure();
        }
    }

    private static byte[] framed(List<byte[]> datagrams) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] datagram : datagrams) {
            all.write(datagram.length >> 8);
            all.write(datagram.length);
            all.writeBytes(datagram);
        }
        return all.toByteArray();
    }
}
