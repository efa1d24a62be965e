package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a WebSocket has to do below Engine.IO (RFC 6455), over a bare TCP connection. */
class WebSocketTransportTest {
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int FINAL = 0x80;
    /** Status 1000 (RFC 6455, section 7.4.1), two bytes as characters. */
    private static final String NORMAL_CLOSURE = "\u0003\u00e8";

    private TestServer server;
    private java.net.Socket tcp;
    private DataInputStream in;

    /** A frame of the server, its payload as text. */
    private record Frame(int firstByte, String text) {}

    @BeforeEach
    void connect() throws IOException {
        server = new TestServer(SocketIoOptions.defaults());
        server.socketIo
                .of("/")
                .onConnection(socket -> socket.listener((event, args, ack) -> {
                    if (event.equals("leave")) {
                        socket.disconnect(true);
                    } else {
                        socket.emit("echo", args.toArray());
                    }
                }));
        tcp = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port());
        tcp.setSoTimeout(10_000);
        in = new DataInputStream(tcp.getInputStream());
        String request = """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """;
        tcp.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readByte());
        }
        assertTrue(answer.toString().startsWith("HTTP/1.1 101"), answer.toString());
        assertTrue(answer.toString().toLowerCase(Locale.ROOT).contains("s3pplmbitxaq9kygzzhzrbk+xoo="), "accepted");
        assertTrue(read().text().startsWith("0{"));
        write(FINAL | TEXT, "40");
        assertTrue(read().text().startsWith("40{"));
    }

    @AfterEach
    void stop() throws IOException {
        tcp.close();
        server.close();
    }

    private void write(int firstByte, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        byte[] mask = {11, -22, 33, -44};
        byte[] frame = new byte[6 + bytes.length];
        frame[0] = (byte) firstByte;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(mask, 0, frame, 2, 4);
        for (int i = 0; i < bytes.length; i++) {
            frame[6 + i] = (byte) (bytes[i] ^ mask[i & 3]);
        }
        tcp.getOutputStream().write(frame);
    }

    private Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first, new String(payload, StandardCharsets.ISO_8859_1));
    }

    @Test
    void putsFragmentsTogetherWithAPingBetweenThem() throws IOException {
        write(TEXT, "42[\"x\",");
        write(FINAL | PING, "hello");
        write(CONTINUATION, "\"a");
        write(FINAL | CONTINUATION, "b\"]");

        Frame pong = read();
        assertEquals(FINAL | PONG, pong.firstByte());
        assertEquals("hello", pong.text());
        assertTrue(read().text().startsWith("42[\"echo\",\"ab\""));
    }

    /** The lengths around those where the header changes (RFC 6455, section 5.2). */
    @Test
    void framesMessagesOfEveryLength() throws IOException {
        for (int length : List.of(0, 60, 90, 100, 110, 120, 65_400, 65_520, 65_535, 65_536, 70_000)) {
            String text = "y".repeat(length);
            StringBuilder packet = new StringBuilder("42[\"x\",\"" + text + "\"]");
            int opcode = TEXT;
            for (int from = 0; from < packet.length(); from += 100) {
                int to = Math.min(packet.length(), from + 100);
                write((to == packet.length() ? FINAL : 0) | opcode, packet.substring(from, to));
                opcode = CONTINUATION;
            }
            Frame echo = read();
            assertEquals(FINAL | TEXT, echo.firstByte());
            assertTrue(echo.text().startsWith("42[\"echo\",\"" + text + "\""), () -> "of " + length);
        }
    }

    @Test
    void answersACloseAndEndsTheConnection() throws IOException {
        write(FINAL | CLOSE, NORMAL_CLOSURE);

        Frame close = read();
        assertEquals(FINAL | CLOSE, close.firstByte());
        assertEquals(NORMAL_CLOSURE, close.text());
        assertEquals(-1, in.read());
    }

    @Test
    void closesFirstAndWaitsForTheAnswer() throws IOException {
        write(FINAL | TEXT, "42[\"leave\"]");

        assertEquals("41", read().text());
        assertEquals(FINAL | CLOSE, read().firstByte());
        write(FINAL | CLOSE, NORMAL_CLOSURE);
        assertEquals(-1, in.read());
    }

    @Test
    void waitsNotForEverForTheAnswer() throws IOException {
        write(FINAL | TEXT, "42[\"leave\"]");

        assertEquals("41", read().text());
        assertEquals(FINAL | CLOSE, read().firstByte());
        assertEquals(-1, in.read());
    }

    @Test
    void closesOnAFrameThatIsNotMasked() throws IOException {
        tcp.getOutputStream().write(new byte[] {(byte) (FINAL | TEXT), 2, '4', '2'});

        assertEquals(FINAL | CLOSE, read().firstByte());
        assertEquals(-1, in.read());
    }
}
