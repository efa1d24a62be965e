package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.foyer.media.Announcement;
import dev.foyer.media.MediaSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressDiscoveryTest {
    /** Long enough for any answer of this machine; no test waits for it to pass. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** A STUN server behind a NAT of its own making: whoever asks is 203.0.113.77 to it. */
    private static final class StunServer implements AutoCloseable {
        private static final int COOKIE = 0x2112A442;

        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

        StunServer() throws IOException {
            Thread.ofVirtual().name("stun-server").start(this::serve);
        }

        private void serve() {
            byte[] request = new byte[1_500];
            DatagramPacket packet = new DatagramPacket(request, request.length);
            try {
                while (true) {
                    socket.receive(packet);
                    ByteBuffer reply = ByteBuffer.allocate(32);
                    reply.putShort((short) 0x0101).putShort((short) 12).putInt(COOKIE);
                    reply.put(request, 8, 12);
                    reply.putShort((short) 0x0020)
                            .putShort((short) 8)
                            .put((byte) 0)
                            .put((byte) 1);
                    reply.putShort((short) (packet.getPort() ^ (COOKIE >>> 16)));
                    reply.putInt(0xCB00714D ^ COOKIE);
                    socket.send(new DatagramPacket(reply.array(), 32, packet.getSocketAddress()));
                }
            } catch (IOException _) {
                // Closed.
            }
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static Announcement found(MediaSettings settings, Duration limit, String... servers) throws Exception {
        MediaSettings asking = settings.announcing(new Announcement.Discovered(List.of(servers)));
        return AddressDiscovery.settle(asking, limit).announcement();
    }

    @Test
    void mapsTheAddressListenedOnToTheOneThatAStunServerSees() throws Exception {
        try (StunServer server = new StunServer()) {
            assertEquals(
                    new Announcement.Mapped(Map.of("127.0.0.1", "203.0.113.77")),
                    found(MediaSettings.loopback(1), PATIENT, server.address()));
        }
    }

    @Test
    void doesNotWaitForAServerThatIsSilentWhileAnotherAnswers() throws Exception {
        try (StunServer server = new StunServer();
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertEquals(
                    new Announcement.Mapped(Map.of("127.0.0.1", "203.0.113.77")),
                    found(
                            MediaSettings.loopback(1),
                            PATIENT,
                            "127.0.0.1:" + silent.getLocalPort(),
                            "nobody.invalid:3478",
                            server.address()));
        }
    }

    @Test
    void tellsItsOwnAddressesWhereNobodyAnswersInTime() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertEquals(
                    new Announcement.Own(),
                    found(MediaSettings.loopback(1), Duration.ofMillis(1), "127.0.0.1:" + silent.getLocalPort()));
        }
    }

    @Test
    void asksNobodyUnlessToldTo() throws Exception {
        MediaSettings settings = MediaSettings.loopback(1);
        assertSame(settings, AddressDiscovery.settle(settings, PATIENT));
    }
}
