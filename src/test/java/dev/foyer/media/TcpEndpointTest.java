package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpEndpointTest {
    /** What the receiver takes for a check, and for an authentic one. */
    private static final byte[] EXPECTED = {1};

    private static final byte[] AUTHENTIC = {2};

    private MultiThreadIoEventLoopGroup group;
    private TcpEndpoint endpoint;
    private final Receiver receiver = new Receiver();
    private final List<Socket> clients = new ArrayList<>();

    /** Everything in the order of the loop. */
    private static final class Receiver implements FrameReceiver {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<InetSocketAddress> remotes = new LinkedBlockingQueue<>();
        private final Set<InetSocketAddress> proved = new HashSet<>();

        @Override
        public boolean accepts(InetAddress remote) {
            return remote.isLoopbackAddress();
        }

        @Override
        public boolean expects(byte[] buffer, int offset, int length) {
            return length == 1 && (buffer[offset] == EXPECTED[0] || buffer[offset] == AUTHENTIC[0]);
        }

        @Override
        public void receive(TcpEndpoint endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length) {
            if (length == 1 && buffer[offset] == AUTHENTIC[0]) {
                proved.add(remote);
                remotes.add(remote);
            }
            events.add("received " + length + " of " + buffer[offset]);
        }

        @Override
        public boolean hasProved(TcpEndpoint endpoint, InetSocketAddress remote) {
            return proved.contains(remote);
        }

        @Override
        public void connectionLost(TcpEndpoint endpoint, InetSocketAddress remote) {
            events.add("lost");
        }

        @Override
        public void handlerFailed(Throwable cause) {
            events.add(cause.toString());
        }

        @Override
        public void endpointLost(TcpEndpoint endpoint) {
            events.add("endpoint lost");
        }

        String next() throws InterruptedException {
            return events.poll(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void open() throws Exception {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoop loop = group.next();
        endpoint = TcpEndpoint.open(
                        loop,
                        new NioServerSocketChannel(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        () -> 0,
                        receiver)
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        onLoop(() -> {
            endpoint.close();
            return null;
        });
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return group.submit(task).get(10, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        return connect(InetAddress.getLoopbackAddress());
    }

    private Socket connect(InetAddress from) throws IOException {
        Socket client = new Socket();
        client.bind(new InetSocketAddress(from, 0));
        clients.add(client);
        client.setSoTimeout(10_000);
        // Small, so that a client that does not read shows soon.
        client.setReceiveBufferSize(16 * 1024);
        client.connect(endpoint.localAddress());
        return client;
    }

    private static void send(Socket client, byte[]... packets) throws IOException {
        // In one write: the other end may close after the first.
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(frames);
        for (byte[] packet : packets) {
            out.writeShort(packet.length);
            out.write(packet);
        }
        client.getOutputStream().write(frames.toByteArray());
    }

    private Socket proved() throws Exception {
        Socket client = connect();
        send(client, AUTHENTIC);
        assertEquals("received 1 of 2", receiver.next());
        return client;
    }

    private static void assertClosed(Socket client) {
        try {
            assertEquals(-1, client.getInputStream().read());
        } catch (IOException _) {
            // Reset: what the client sent was not read to its end.
        }
    }

    @Test
    void carriesPacketsBothWaysOnceAConnectionHasProvedItself() throws Exception {
        Socket client = connect();
        send(client, AUTHENTIC, new byte[] {9, 9}, new byte[] {}, new byte[] {8, 8, 8});
        assertEquals("received 1 of 2", receiver.next());
        assertEquals("received 2 of 9", receiver.next());
        assertEquals("received 3 of 8", receiver.next());

        InetSocketAddress remote = receiver.remotes.take();
        onLoop(() -> {
            endpoint.send(remote, new byte[] {0, 5, 6, 7}, 1, 3);
            endpoint.send(remote, new byte[] {4}, 0, 1);
            return null;
        });
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] bytes = new byte[8];
        in.readFully(bytes);
        assertEquals(List.of(0, 3, 5, 6, 7, 0, 1, 4), boxed(bytes));
        TcpCounters counters = onLoop(endpoint::counters);
        assertEquals(new TcpCounters(1, 0, 3, 2, 1, 0), counters, "both packets left with one write");
    }

    private static List<Integer> boxed(byte[] bytes) {
        List<Integer> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add((int) b);
        }
        return list;
    }

    @Test
    void closesAConnectionWhoseFirstPacketIsNoCheckForAnybody() throws Exception {
        for (byte[] first : new byte[][] {{7}, {}, {1, 1}, new byte[2_000]}) {
            Socket client = connect();
            send(client, first, AUTHENTIC);
            assertClosed(client);
            assertEquals("lost", receiver.next());
        }
        assertEquals(0, onLoop(endpoint::connections));
        assertEquals(new TcpCounters(0, 4, 0, 0, 0, 0), onLoop(endpoint::counters));
    }

    @Test
    void closesAConnectionThatSendsAFrameTooLong() throws Exception {
        Socket client = proved();
        new DataOutputStream(client.getOutputStream()).writeShort(FrameReader.MAX_FRAME + 1);
        assertClosed(client);
        assertEquals("lost", receiver.next());
    }

    @Test
    void closesAConnectionThatDoesNotProveItselfInTime() throws Exception {
        Socket silent = connect();
        Socket wrong = connect();
        send(wrong, EXPECTED);
        assertEquals("received 1 of 1", receiver.next());
        Socket honest = proved();
        // It arrived before the other two had their say.
        awaitConnections(3);
        onLoop(() -> {
            endpoint.tick(TcpEndpoint.PATIENCE_NANOS - 1);
            return null;
        });
        assertEquals(2, onLoop(endpoint::unproven));

        onLoop(() -> {
            endpoint.tick(TcpEndpoint.PATIENCE_NANOS);
            return null;
        });
        assertClosed(silent);
        assertClosed(wrong);
        assertEquals(1, onLoop(endpoint::connections));
        send(honest, new byte[] {9});
        assertEquals("lost", receiver.next());
        assertEquals("lost", receiver.next());
        assertEquals("received 1 of 9", receiver.next());
    }

    private void awaitConnections(int count) throws Exception {
        while (onLoop(endpoint::connections) < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void turnsAwayWhatOneAddressOpensBeyondItsShare() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < TcpEndpoint.MOST_UNPROVEN_OF_ADDRESS; i++) {
            crowd.add(connect());
        }
        awaitConnections(TcpEndpoint.MOST_UNPROVEN_OF_ADDRESS);
        assertClosed(connect());
        assertEquals(TcpEndpoint.MOST_UNPROVEN_OF_ADDRESS, onLoop(endpoint::unproven));

        send(crowd.getFirst(), AUTHENTIC);
        assertEquals("received 1 of 2", receiver.next());
        proved();
    }

    @Test
    void theOldestMakesRoomForOneMoreThanItKeeps() throws Exception {
        Socket oldest = connect();
        awaitConnections(1);
        for (int i = 1; i < TcpEndpoint.MOST_UNPROVEN; i++) {
            // All of 127.0.0.0/8 is this machine.
            connect(InetAddress.getByAddress(
                    new byte[] {127, 0, 1, (byte) (i / TcpEndpoint.MOST_UNPROVEN_OF_ADDRESS)}));
        }
        awaitConnections(TcpEndpoint.MOST_UNPROVEN);
        assertEquals(0, onLoop(endpoint::counters).refused());

        connect();
        assertClosed(oldest);
        assertEquals(TcpEndpoint.MOST_UNPROVEN, onLoop(endpoint::unproven));
        assertEquals("lost", receiver.next());
    }

    @Test
    void dropsPacketsWhileTheClientDoesNotReadAndHoldsABoundedNumber() throws Exception {
        Socket client = proved();
        InetSocketAddress remote = receiver.remotes.take();
        byte[] packet = new byte[1_000];
        // Far above what the sockets' buffers take.
        int packets = 20_000;
        for (int sent = 0; sent < packets; sent += 10) {
            onLoop(() -> {
                for (int i = 0; i < 10; i++) {
                    endpoint.send(remote, packet, 0, packet.length);
                }
                return null;
            });
        }
        TcpCounters full = onLoop(endpoint::counters);
        assertEquals(packets, full.framesSent() + full.framesDropped());
        assertTrue(full.framesDropped() > packets / 2, full::toString);

        // What was taken comes whole, and once it is read there is room again.
        DataInputStream in = new DataInputStream(client.getInputStream());
        for (long i = 0; i < full.framesSent(); i++) {
            assertEquals(1_000, in.readUnsignedShort());
            in.skipNBytes(1_000);
        }
        onLoop(() -> {
            endpoint.send(remote, new byte[] {3}, 0, 1);
            return null;
        });
        assertEquals(1, in.readUnsignedShort());
        assertEquals(3, in.readByte());
    }

    @Test
    void saysWhenAConnectionIsLostAndNotWhenItClosesIt() throws Exception {
        Socket gone = proved();
        receiver.remotes.take();
        gone.close();
        assertEquals("lost", receiver.next());

        Socket closed = proved();
        InetSocketAddress remote = receiver.remotes.take();
        onLoop(() -> {
            endpoint.send(remote, new byte[] {5}, 0, 1);
            endpoint.close(remote);
            endpoint.send(remote, new byte[] {6}, 0, 1);
            return null;
        });
        DataInputStream in = new DataInputStream(closed.getInputStream());
        assertEquals(1, in.readUnsignedShort());
        assertEquals(5, in.readByte());
        assertEquals(-1, in.read());
        proved();
        assertEquals(1, onLoop(endpoint::connections));
        assertEquals(List.of(), List.copyOf(receiver.events));
    }
}
