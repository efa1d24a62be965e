package dev.foyer.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client's way to the SFU, which can be cut and re-made: after {@link #changeAddress} the server sees the client's
 * packets come from other ports, as after a change of network. Each of the client's sockets has a port of its own.
 */
final class UdpRelay implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final InetSocketAddress server;
    private final DatagramChannel front;
    private final Map<InetSocketAddress, DatagramChannel> backs = new ConcurrentHashMap<>();
    private final AtomicLong forwarded = new AtomicLong();
    private volatile boolean cut;

    UdpRelay(InetSocketAddress server) throws IOException {
        this.server = server;
        front = open(null);
        Thread.ofPlatform().name("udp-relay").daemon().start(this::run);
    }

    /** Where the client sends to. */
    int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    /** Packets that went on to the server since the last {@link #changeAddress}. */
    long forwarded() {
        return forwarded.get();
    }

    /** Drops everything until {@link #changeAddress}. */
    void cut() {
        cut = true;
    }

    /** Lets packets through again, from new ports. */
    void changeAddress() throws IOException {
        List<DatagramChannel> old = List.copyOf(backs.values());
        backs.clear();
        for (DatagramChannel back : old) {
            back.close();
        }
        forwarded.set(0);
        cut = false;
    }

    private DatagramChannel open(@Nullable InetSocketAddress client) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        return channel;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        try {
            while (front.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    pump(key, buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | ClosedSelectorException e) {
            // Closed by the test.
        }
    }

    private void pump(SelectionKey key, ByteBuffer buffer) throws IOException {
        try {
            DatagramChannel channel = (DatagramChannel) key.channel();
            InetSocketAddress client = (InetSocketAddress) key.attachment();
            buffer.clear();
            for (var from = channel.receive(buffer); from != null; from = channel.receive(buffer.clear())) {
                buffer.flip();
                if (cut) {
                    continue;
                }
                if (client == null) {
                    back((InetSocketAddress) from).send(buffer, server);
                    forwarded.incrementAndGet();
                } else {
                    front.send(buffer, client);
                }
            }
        } catch (ClosedChannelException e) {
            if (!front.isOpen()) {
                throw e;
            }
        }
    }

    private DatagramChannel back(InetSocketAddress client) throws IOException {
        DatagramChannel known = backs.get(client);
        if (known != null) {
            return known;
        }
        DatagramChannel fresh = open(client);
        backs.put(client, fresh);
        return fresh;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        front.close();
        for (DatagramChannel back : backs.values()) {
            back.close();
        }
    }
}
