package dev.foyer.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.app.CallClient;
import dev.foyer.fuzz.Mutator;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.sfu.ConnectivityCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * STUN, DTLS, RTP and RTCP: from a stranger, who never gets a byte back, and from addresses that passed the connectivity
 * check of a transport and then begin a handshake that they never end.
 */
final class Datagrams implements Attack {
    private static final int HALF_OPEN = 6;
    private static final int MUTANTS = 3_000;
    /** Not more at once than any socket buffer holds. */
    private static final int AT_ONCE = 50;

    private static final String CLIENT_HELLO = "16fefd0000000000000000003e010000320000000000000032" + "fefd"
            + "00".repeat(32) + "0000" + "0002c02b" + "0100" + "0008" + "000e0004" + "00020007";
    private final List<AutoCloseable> open = new ArrayList<>();

    @Override
    public void wave(ServerUnderAttack server) throws Exception {
        CallClient eve = CallClient.connected(server.port());
        open.add(eve);
        eve.data("joinRoom", new JSONObject(Map.of("callId", "attacked", "userId", "eve")));
        InetSocketAddress target = null;
        for (int i = 0; i < HALF_OPEN; i++) {
            JSONObject transport =
                    eve.data("createTransport", new JSONObject(Map.of("direction", i % 2 == 0 ? "send" : "recv")));
            target = udp(transport.getJSONArray("iceCandidates"));
            halfOpen(eve, transport, target, i);
        }
        stranger(target);
    }

    /** Proves the address, then sends one ClientHello whole, cut and over again, and media that nobody has keys for. */
    private void halfOpen(CallClient eve, JSONObject transport, InetSocketAddress target, int index) throws Exception {
        JSONObject ice = transport.getJSONObject("iceParameters");
        DatagramSocket socket = socket();
        open.add(socket);
        byte[] check =
                ConnectivityCheck.nominating(ice.getString("usernameFragment"), ice.getString("password"), index);
        checked(socket, target, check);
        JSONObject request =
                new JSONObject().put("transportId", transport.getString("id")).put("dtlsParameters", dtlsParameters());
        assertTrue(eve.ask("connectTransport", request).getBoolean("success"));
        byte[] hello = HexFormat.of().parseHex(CLIENT_HELLO);
        Mutator mutator = new Mutator(new Random(index), List.of(), 1_400);
        List<byte[]> begun = List.of(hello, media(), report(), new byte[] {20}, new byte[] {63, 0});
        send(socket, target, hello);
        for (int i = 0; i < 400; i++) {
            send(socket, target, mutator.next(begun));
            if (i % AT_ONCE == 0) {
                checked(socket, target, check);
            }
        }
        checked(socket, target, check);
    }

    private void stranger(InetSocketAddress target) throws Exception {
        try (DatagramSocket stranger = socket()) {
            List<byte[]> samples = List.of(
                    ConnectivityCheck.nominating("nobody", "wrong".repeat(6), 1),
                    HexFormat.of().parseHex(CLIENT_HELLO),
                    media(),
                    report(),
                    HexFormat.of().parseHex("000100002112a442000102030405060708090a0b"),
                    new byte[1_400]);
            Mutator mutator = new Mutator(new Random(7), List.of(), 1_500);
            samples.forEach(sample -> send(stranger, target, sample));
            for (int i = 0; i < MUTANTS; i++) {
                send(stranger, target, mutator.next(samples));
            }
            stranger.setSoTimeout(300);
            DatagramPacket nothing = new DatagramPacket(new byte[2_000], 2_000);
            assertThrows(SocketTimeoutException.class, () -> stranger.receive(nothing), "a stranger was answered");
        }
    }

    private static DatagramSocket socket() throws Exception {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getByName(ADDRESS), 0));
    }

    /** Sends a check until it is answered; what else arrives is the server's handshake. */
    private static void checked(DatagramSocket socket, InetSocketAddress target, byte[] check) throws Exception {
        socket.setSoTimeout(1_000);
        byte[] buffer = new byte[2_000];
        for (int attempt = 0; attempt < 5; attempt++) {
            send(socket, target, check);
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    if (buffer[0] == 1 && buffer[1] == 1) {
                        return;
                    }
                    assertTrue(packet.getLength() <= 1_200, "a datagram of " + packet.getLength());
                }
            } catch (SocketTimeoutException _) {
                // A loaded machine may have dropped it.
            }
        }
        throw new AssertionError("no answer to an authentic check");
    }

    private static void send(DatagramSocket socket, InetSocketAddress target, byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress udp(JSONArray candidates) throws Exception {
        for (int i = 0; i < candidates.length(); i++) {
            JSONObject candidate = candidates.getJSONObject(i);
            if (candidate.getString("protocol").equals("udp")
                    && candidate.getString("ip").startsWith("127.")) {
                return new InetSocketAddress(candidate.getString("ip"), candidate.getInt("port"));
            }
        }
        throw new AssertionError("no UDP candidate on this machine: " + candidates);
    }

    private static JSONObject dtlsParameters() throws Exception {
        JSONObject fingerprint = new JSONObject().put("algorithm", "sha-256").put("value", "AB:".repeat(31) + "CD");
        return new JSONObject().put("role", "client").put("fingerprints", new JSONArray().put(fingerprint));
    }

    private static byte[] media() {
        return new RtpBytes().payload("90E09267 2AA30000").build();
    }

    private static byte[] report() {
        byte[] report = ByteBuffer.allocate(28)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .array();
        assertEquals(28, report.length);
        return report;
    }

    @Override
    public void cease() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        open.clear();
    }
}
