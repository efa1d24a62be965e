package dev.foyer.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Socket.IO client on a bare TCP connection that sends one prepared message over and over. It meets its partner in
 * blocking mode; {@link RelayLoad} then drives it without blocking, on one thread.
 */
final class RelayClient implements AutoCloseable {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final int KEPT = 16 * 1024;
    private static final int SOCKET_TIMEOUT_MILLIS = 10_000;
    private static final String PING = "2";
    private static final String PONG = "3";

    private final SplittableRandom random;
    private final SocketChannel channel;
    private final RelayDialect dialect;
    private final FrameReader reader = new FrameReader(KEPT);
    private final ByteBuffer pong;
    private final byte[] relayed;
    private final byte[] error;
    private final ArrayDeque<String> inbox = new ArrayDeque<>();
    private final String id;
    private ByteBuffer message = ByteBuffer.allocate(0);
    private long owed;
    private boolean pongOwed;
    private long received;

    /** Connects to a server on this machine and enters the dialect's namespace. */
    RelayClient(int port, RelayDialect dialect, long seed) throws IOException {
        this.dialect = dialect;
        random = new SplittableRandom(seed);
        pong = Frames.text(PONG, random);
        relayed = dialect.relayed().getBytes(StandardCharsets.US_ASCII);
        error = ("42" + dialect.namespace() + "[\"error\"").getBytes(StandardCharsets.US_ASCII);
        channel = SocketChannel.open();
        channel.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOCKET_TIMEOUT_MILLIS);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        upgrade(port);
        await("0{");
        send("40" + dialect.namespace());
        Matcher sid = SID.matcher(await("40"));
        if (!sid.find()) {
            throw new IOException("the server let no socket in");
        }
        id = sid.group(1);
    }

    String id() {
        return id;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Takes a seat. Blocks. */
    void join(String room, String user) {
        send(dialect.join(room, user));
        await(dialect.joined());
    }

    /** Prepares the message to a partner. */
    void aimAt(RelayClient partner, int bytes) {
        message = Frames.text(dialect.message(partner.id, bytes), random);
        message.position(message.limit());
    }

    /** Sends a message. Blocks. */
    void send(String text) {
        try {
            write(Frames.text(text, random));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until a message begins so, and returns it; others are passed over. Blocks. */
    String await(String beginning) {
        try {
            ByteBuffer in = ByteBuffer.allocate(KEPT);
            while (true) {
                for (String text = inbox.poll(); text != null; text = inbox.poll()) {
                    if (text.startsWith(beginning)) {
                        return text;
                    }
                    if (text.equals(PING)) {
                        write(pong.duplicate());
                    }
                }
                // By the stream, because a channel knows no timeout.
                channel.socket().setSoTimeout(SOCKET_TIMEOUT_MILLIS);
                int count = channel.socket().getInputStream().read(in.array());
                if (count < 0) {
                    throw new IOException("the server closed the connection before it said " + beginning);
                }
                reader.read(
                        in.limit(count).position(0),
                        (head, length, _) -> inbox.add(new String(head, 0, length, StandardCharsets.UTF_8)));
                in.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upgrade(int port) throws IOException {
        String request = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        StringBuilder answer = new StringBuilder();
        // Byte by byte: what follows the empty line belongs to the first frame.
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = channel.socket().getInputStream().read();
            if (next < 0) {
                throw new IOException("the server closed the connection during its upgrade");
            }
            answer.append((char) next);
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(
                    "no WebSocket: " + answer.toString().lines().findFirst().orElse(""));
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    // Without blocking.

    /** How many relayed messages have come so far. */
    long received() {
        return received;
    }

    /** Owes the server that many more messages. */
    void owe(long messages) {
        owed += messages;
    }

    /** Writes what is owed, as far as the connection takes it. True when nothing is left. */
    boolean flush() throws IOException {
        while (message.hasRemaining() || owed > 0 || pongOwed) {
            if (!message.hasRemaining()) {
                if (pongOwed) {
                    pongOwed = false;
                    // A few bytes between two messages: they fit, or the connection is as good as dead.
                    write(pong.duplicate());
                    continue;
                }
                owed--;
                message.rewind();
            }
            if (channel.write(message) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads what is there and returns how many relayed messages were in it. */
    int read(ByteBuffer scratch) throws IOException {
        long before = received;
        int count = channel.read(scratch.clear());
        if (count < 0) {
            throw new IOException("the server closed the connection");
        }
        reader.read(scratch.flip(), this::count);
        return (int) (received - before);
    }

    private void count(byte[] head, int headLength, long length) {
        if (begins(head, headLength, relayed) && length >= message.limit() / 2) {
            received++;
        } else if (headLength == 1 && head[0] == '2') {
            pongOwed = true;
        } else if (begins(head, headLength, error)) {
            throw new IllegalStateException(new String(head, 0, headLength, StandardCharsets.UTF_8));
        }
    }

    private static boolean begins(byte[] head, int headLength, byte[] beginning) {
        return headLength >= beginning.length
                && Arrays.equals(head, 0, beginning.length, beginning, 0, beginning.length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
