package dev.foyer.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * One client's way to the SFU, which can be cut and re-made: after {@link #changeAddress} the server sees the client's
 * packets come from another port, as after a change of network.
 */
final class UdpRelay implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final DatagramChannel front;
    private final InetSocketAddress server;
    private volatile DatagramChannel back;
    private volatile boolean cut;
    private volatile @Nullable InetSocketAddress client;

    UdpRelay(InetSocketAddress server) throws IOException {
        this.server = server;
        front = open();
        back = open();
        Thread.ofPlatform().name("udp-relay").daemon().start(this::run);
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    /** Where the client sends to. */
    int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    /** Drops everything until {@link #changeAddress}. */
    void cut() {
        cut = true;
    }

    /** Lets packets through again, from a new source port. */
    void changeAddress() throws IOException {
        DatagramChannel old = back;
        selector.wakeup();
        back = open();
        old.close();
        cut = false;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
        try {
            while (front.isOpen()) {
                selector.select(100);
                selector.selectedKeys().clear();
                pump(buffer);
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            // Closed by the test.
        }
    }

    private void pump(ByteBuffer buffer) throws IOException {
        for (InetSocketAddress from = receive(front, buffer); from != null; from = receive(front, buffer)) {
            client = from;
            if (!cut) {
                back.send(buffer, server);
            }
        }
        DatagramChannel current = back;
        for (InetSocketAddress from = receive(current, buffer); from != null; from = receive(current, buffer)) {
            InetSocketAddress to = client;
            if (!cut && to != null) {
                front.send(buffer, to);
            }
        }
    }

    private static @Nullable InetSocketAddress receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        try {
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            buffer.flip();
            return from;
        } catch (java.nio.channels.ClosedChannelException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        back.close();
        selector.close();
    }
}
