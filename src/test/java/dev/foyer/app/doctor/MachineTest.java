package dev.foyer.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is found out of this machine itself: sockets and files, real ones. */
@Tag("integration")
class MachineTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Machine machine = new Machine();

    @Test
    void tellsFreePortsFromTakenOnes() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
                DatagramSocket bound = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            assertEquals(Facts.Bind.TAKEN, machine.tcp("127.0.0.1", taken.getLocalPort()));
            assertEquals(Facts.Bind.TAKEN, machine.udp("127.0.0.1", bound.getLocalPort()));
        }
        assertEquals(Facts.Bind.FREE, machine.tcp("127.0.0.1", 0));
        assertEquals(Facts.Bind.FREE, machine.udp("127.0.0.1", 0));
        assertEquals(Facts.Bind.NO_ADDRESS, machine.tcp("192.0.2.1", 0));
        assertEquals(Facts.Bind.NO_ADDRESS, machine.udp("192.0.2.1", 0));
    }

    @Test
    void readsWhatTheKernelMakesUp() {
        String limits = machine.file("/proc/self/limits");
        assertTrue(limits == null || limits.contains("Max open files"), limits);
        assertNull(machine.file("/nowhere/at/all"));
        assertNull(machine.output("no-such-program-anywhere"));
        assertTrue(machine.addresses().contains(LOOPBACK));
    }

    @Test
    void asksOverUdpAgainWhenAnAnswerIsLost() throws Exception {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            Thread thread = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2; i++) {
                    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
                    try {
                        server.receive(packet);
                        if (i == 1) {
                            byte[] answer = answer(StunMessage.read(packet.getData(), packet.getLength()));
                            server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            assertEquals(works(), machine.turn(url("", server.getLocalPort()), null, null));
            thread.join();
        }
    }

    @Test
    void asksOverTcp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    byte[] request = new byte[StunMessage.HEADER];
                    new DataInputStream(socket.getInputStream()).readFully(request);
                    socket.getOutputStream().write(answer(StunMessage.read(request, request.length)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(works(), machine.turn(url("?transport=tcp", server.getLocalPort()), null, null));
            thread.join();
        }
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            port = server.getLocalPort();
        }
        assertTrue(machine.turn(url("?transport=tcp", port), null, null) instanceof TurnOutcome.Silent);
        assertFalse(machine.foyerAnswers("127.0.0.1", port));
    }

    private static TurnUrl url(String query, int port) {
        return TurnUrl.parse("turn:127.0.0.1:" + port + query);
    }

    private static TurnOutcome works() {
        return new TurnOutcome.Works(InetAddress.ofLiteral("192.0.2.1"));
    }

    /** Says that the request came from 192.0.2.1 (RFC 5769, section 2.2). */
    private static byte[] answer(StunMessage request) {
        return StunMessage.of(request.type() | StunMessage.SUCCESS, request.transaction())
                .with(StunMessage.XOR_MAPPED_ADDRESS, HexFormat.of().parseHex("0001a147e112a643"))
                .bytes();
    }
}
