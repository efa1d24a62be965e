package dev.foyer.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Pairs of clients of one server, each pair in a room of its own, that send each other messages through it. One thread
 * drives them all. Every message is counted in: one that does not arrive ends the measurement with an exception.
 */
final class RelayLoad implements AutoCloseable {
    private static final int SCRATCH_BYTES = 256 * 1024;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<RelayClient> clients = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private long sent;
    private long received;

    /** Connects the pairs and lets them meet. */
    RelayLoad(int port, RelayDialect dialect, int pairs, int bytes) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < pairs; i++) {
            RelayClient first = client(port, dialect);
            first.join("relay-" + i, "first");
            RelayClient second = client(port, dialect);
            second.join("relay-" + i, "second");
            dialect.introduce(first, second);
            first.aimAt(second, bytes);
            second.aimAt(first, bytes);
        }
        for (int i = 0; i < clients.size(); i++) {
            RelayClient client = clients.get(i);
            client.channel().configureBlocking(false);
            client.channel().register(selector, SelectionKey.OP_READ, i);
        }
    }

    private RelayClient client(int port, RelayDialect dialect) throws IOException {
        RelayClient client = new RelayClient(port, dialect, clients.size());
        clients.add(client);
        return client;
    }

    /**
     * Keeps {@code window} messages of each client under way for some time.
     *
     * @return how many messages arrived
     */
    long saturate(int window, long nanos) throws IOException {
        long before = received;
        long end = System.nanoTime() + nanos;
        for (RelayClient client : clients) {
            owe(client, window);
        }
        while (System.nanoTime() < end) {
            turn(1, true);
        }
        drain();
        return received - before;
    }

    /**
     * Sends at an even rate, one client after the other.
     *
     * @return how many messages arrived
     */
    long pace(int perSecond, long nanos) throws IOException {
        long before = received;
        long start = System.nanoTime();
        long total = nanos * perSecond / TimeUnit.SECONDS.toNanos(1);
        for (long next = 0; next < total; ) {
            long due = Math.min(total, (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1) + 1);
            for (; next < due; next++) {
                owe(clients.get((int) (next % clients.size())), 1);
            }
            turn(1, false);
        }
        drain();
        return received - before;
    }

    /** Lets the connections be for a while: pings are answered, nothing else is sent. */
    void idle(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            turn(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)), false);
        }
    }

    private void owe(RelayClient client, long messages) {
        client.owe(messages);
        sent += messages;
    }

    /** Writes what is owed, waits for something to happen and reads it. */
    private void turn(long waitMillis, boolean answer) throws IOException {
        for (RelayClient client : clients) {
            SelectionKey key = client.channel().keyFor(selector);
            int interest = client.flush() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        }
        selector.select(key -> read(key, answer), waitMillis);
    }

    private void read(SelectionKey key, boolean answer) {
        if (!key.isReadable()) {
            return;
        }
        int index = (int) key.attachment();
        int count;
        try {
            count = clients.get(index).read(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        received += count;
        if (answer) {
            // The partner sits beside it; what it gets is room for as much again.
            owe(clients.get(index ^ 1), count);
        }
    }

    private void drain() throws IOException {
        long end = System.nanoTime() + DRAIN_NANOS;
        while (received < sent && System.nanoTime() < end) {
            turn(1, false);
        }
        if (received != sent) {
            throw new IOException("of " + sent + " messages " + received + " arrived");
        }
    }

    @Override
    public void close() throws IOException {
        for (RelayClient client : clients) {
            client.close();
        }
        selector.close();
    }
}
