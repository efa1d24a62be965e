package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Errors;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpEndpointTest {
    private static final int BUFFER = 1 << 20;

    private MultiThreadIoEventLoopGroup group;
    private DatagramSocket client;
    private UdpEndpoint endpoint;
    private final Received received = new Received();

    private record Datagram(InetSocketAddress from, List<Integer> bytes) {}

    private static final class Received implements DatagramReceiver {
        private final BlockingQueue<Datagram> datagrams = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void receive(UdpEndpoint endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length) {
            List<Integer> bytes = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                bytes.add((int) buffer[offset + i]);
            }
            datagrams.add(new Datagram(remote, bytes));
        }

        @Override
        public void handlerFailed(Throwable cause) {
            events.add(cause.toString());
        }

        @Override
        public void endpointLost(UdpEndpoint endpoint) {
            events.add("lost");
        }

        Datagram next() throws InterruptedException {
            return datagrams.poll(5, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void openClient() throws Exception {
        client = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client.setSoTimeout(5_000);
        client.setReceiveBufferSize(BUFFER);
    }

    private void open(boolean epoll, String address) throws Exception {
        assumeTrue(!epoll || Epoll.isAvailable());
        group = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        EventLoop loop = group.next();
        DatagramChannel channel = epoll ? new EpollDatagramChannel() : new NioDatagramChannel();
        endpoint = UdpEndpoint.open(loop, channel, new InetSocketAddress(address, 0), BUFFER, BUFFER, received)
                .get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        if (group != null) {
            onLoop(() -> {
                endpoint.close();
                return null;
            });
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
        client.close();
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return group.next().submit(task).get(5, TimeUnit.SECONDS);
    }

    private void send(InetSocketAddress to, int... lengths) throws Exception {
        onLoop(() -> {
            byte number = 0;
            for (int length : lengths) {
                byte[] bytes = new byte[length];
                bytes[0] = number++;
                endpoint.send(to, bytes, 0, length);
            }
            return null;
        });
    }

    private InetSocketAddress clientAddress() {
        return (InetSocketAddress) client.getLocalSocketAddress();
    }

    /** The lengths of what the client gets, in order; each datagram begins with its number. */
    private List<Integer> lengthsAtClient(int count) throws Exception {
        List<Integer> lengths = new ArrayList<>();
        byte[] buffer = new byte[4096];
        for (int i = 0; i < count; i++) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            client.receive(packet);
            assertEquals(i, buffer[0], "in order");
            lengths.add(packet.getLength());
        }
        return lengths;
    }

    private UdpCounters counters() throws Exception {
        return onLoop(endpoint::counters);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exchangesDatagrams(boolean epoll) throws Exception {
        open(epoll, "127.0.0.1");
        byte[] hello = {1, 2, 3};
        client.send(new DatagramPacket(hello, 3, endpoint.localAddress()));
        Datagram datagram = received.next();
        assertEquals(List.of(1, 2, 3), datagram.bytes());
        assertEquals(client.getLocalPort(), datagram.from().getPort());
        send(datagram.from(), 100, 1, 1_400);
        assertEquals(List.of(100, 1, 1_400), lengthsAtClient(3));
        assertEquals(new UdpCounters(1, 3, counters().sendCalls(), 0, 0), counters());
    }

    @Test
    void sendsARunOfEqualSizeWithOneCall() throws Exception {
        open(true, "127.0.0.1");
        assumeTrue(onLoop(endpoint::segments));
        send(clientAddress(), 1_000, 1_000, 1_000, 1_000, 1_000, 700);
        assertEquals(List.of(1_000, 1_000, 1_000, 1_000, 1_000, 700), lengthsAtClient(6));
        assertEquals(1, counters().sendCalls());
    }

    @Test
    void startsAnotherRunForALongerDatagramOrAfterAShorter() throws Exception {
        open(true, "127.0.0.1");
        assumeTrue(onLoop(endpoint::segments));
        send(clientAddress(), 900, 1_000, 1_000, 500, 500, 1_000);
        assertEquals(List.of(900, 1_000, 1_000, 500, 500, 1_000), lengthsAtClient(6));
        assertEquals(4, counters().sendCalls());
    }

    @Test
    void keepsDestinationsApart() throws Exception {
        open(true, "127.0.0.1");
        assumeTrue(onLoop(endpoint::segments));
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            InetSocketAddress second = (InetSocketAddress) other.getLocalSocketAddress();
            onLoop(() -> {
                for (byte i = 0; i < 10; i++) {
                    endpoint.send(clientAddress(), new byte[] {i, 0, 0}, 0, 3);
                    endpoint.send(second, new byte[] {i, 0, 0, 0}, 0, 4);
                }
                return null;
            });
            assertEquals(List.of(3, 3, 3, 3, 3, 3, 3, 3, 3, 3), lengthsAtClient(10));
            assertEquals(2, counters().sendCalls());
        }
    }

    @Test
    void splitsARunThatIsLongerThanTheKernelTakes() throws Exception {
        open(true, "127.0.0.1");
        int[] lengths = new int[120];
        Arrays.fill(lengths, 60);
        send(clientAddress(), lengths);
        assertEquals(120, lengthsAtClient(120).size());
    }

    @Test
    void asksNoMoreForSegmentsThatTheKernelRefused() throws Exception {
        open(true, "127.0.0.1");
        assumeTrue(onLoop(endpoint::segments));
        onLoop(() -> endpoint.channel()
                .pipeline()
                .fireExceptionCaught(new Errors.NativeIoException("sendmmsg", -5 /* EIO */)));
        assertFalse(onLoop(endpoint::segments));
        send(clientAddress(), 800, 800, 800);
        assertEquals(List.of(800, 800, 800), lengthsAtClient(3));
        assertEquals(new UdpCounters(0, 3, 3, 0, 1), counters());
    }

    @Test
    void dropsWhatABackedUpSocketCannotTake() throws Exception {
        open(false, "127.0.0.1");
        onLoop(() -> {
            endpoint.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            return null;
        });
        send(clientAddress(), 100, 100);
        assertEquals(new UdpCounters(0, 0, 0, 2, 0), counters());
    }

    @Test
    void dropsWhatNoDatagramMayBe() throws Exception {
        open(false, "127.0.0.1");
        send(clientAddress(), UdpEndpoint.MAX_DATAGRAM + 1);
        assertEquals(1, counters().datagramsDropped());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void servesBothProtocolsOnOneSocket(boolean epoll) throws Exception {
        open(epoll, "::");
        int port = endpoint.localAddress().getPort();
        client.send(new DatagramPacket(new byte[] {4}, 1, InetAddress.getLoopbackAddress(), port));
        Datagram overIpv4 = received.next();
        assertInstanceOf(Inet4Address.class, overIpv4.from().getAddress());
        send(overIpv4.from(), 10);
        assertEquals(List.of(10), lengthsAtClient(1));
        try (DatagramSocket ipv6 = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0))) {
            ipv6.setSoTimeout(5_000);
            ipv6.send(new DatagramPacket(new byte[] {6}, 1, InetAddress.ofLiteral("::1"), port));
            Datagram overIpv6 = received.next();
            assertInstanceOf(Inet6Address.class, overIpv6.from().getAddress());
            send(overIpv6.from(), 11);
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            ipv6.receive(answer);
            assertEquals(11, answer.getLength());
        }
    }

    @Test
    void saysWhenItsSocketIsLostButNotWhenItIsClosed() throws Exception {
        open(false, "127.0.0.1");
        endpoint.channel().close().sync();
        assertEquals("lost", received.events.poll(5, TimeUnit.SECONDS));
        send(clientAddress(), 5);
        assertEquals(1, counters().datagramsDropped());
    }

    @Test
    void freesWhatItHasNotSentWhenItCloses() throws Exception {
        open(false, "127.0.0.1");
        onLoop(() -> {
            endpoint.send(clientAddress(), new byte[8], 0, 8);
            endpoint.close();
            return null;
        });
        assertTrue(received.events.isEmpty());
        assertEquals(0, counters().sendCalls());
    }
}
