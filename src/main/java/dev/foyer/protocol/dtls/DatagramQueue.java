package dev.foyer.protocol.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/**
 * The wire as BouncyCastle sees it: a bounded queue of received datagrams, and a way out.
 *
 * <p>It has two modes. During the handshake {@link #receive} waits, on the handshake's thread. Once that is over, the
 * owner's thread calls in with a datagram at hand, and an empty queue ends the call: by {@link InterruptedIOException},
 * the one exception that BouncyCastle's record layer passes on without taking the session for broken.
 */
final class DatagramQueue implements DatagramTransport {
    /** Datagrams that wait for the handshake; more are dropped, and the peer repeats its flight. */
    static final int CAPACITY = 64;

    /** Above the MTU of any path that ICE finds; longer datagrams are none of WebRTC's. */
    static final int MAX_DATAGRAM_RECEIVED = 2048;

    /** Stands for the end of the queue. */
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY + 1);
    private final DtlsOutput output;
    private volatile int shortestCiphertext = CiphertextGuard.SHORTEST_GCM;
    private volatile boolean waiting = true;
    private volatile boolean closed;

    /**
     * @param output takes datagrams on the thread that calls BouncyCastle
     */
    DatagramQueue(DtlsOutput output) {
        this.output = output;
    }

    /** Adds a copy of a datagram. False if it was dropped. */
    boolean offer(byte[] buffer, int offset, int length) {
        if (closed || length == 0 || length > MAX_DATAGRAM_RECEIVED || queue.size() >= CAPACITY) {
            return false;
        }
        byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        return queue.offer(copy);
    }

    /**
     * From now on {@link #receive} does not wait.
     *
     * @param shortest length of a ciphertext of the suite agreed on
     */
    void stopWaiting(int shortest) {
        shortestCiphertext = shortest;
        waiting = false;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int getReceiveLimit() {
        return MAX_DATAGRAM_RECEIVED;
    }

    @Override
    public int getSendLimit() {
        return DtlsSession.MAX_DATAGRAM_SENT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        boolean wait = waiting;
        byte[] datagram = wait ? await(waitMillis) : queue.poll();
        while (!wait && datagram != null && !passes(datagram)) {
            datagram = queue.poll();
        }
        if (closed || (datagram == null && !wait)) {
            throw new InterruptedIOException();
        }
        if (datagram == null || !passes(datagram)) {
            // The record layer waits on for what is left of its time.
            return -1;
        }
        int size = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, size);
        return size;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        if (!closed) {
            output.send(buffer, offset, length);
        }
    }

    /** Ends a waiting {@link #receive} at once. */
    @Override
    public void close() {
        closed = true;
        queue.clear();
        boolean woken = queue.offer(END);
        assert woken : "no more than CAPACITY datagrams are ever queued";
    }

    private boolean passes(byte[] datagram) {
        return CiphertextGuard.passes(datagram, 0, datagram.length, shortestCiphertext)
                && HandshakeGuard.passes(datagram, 0, datagram.length);
    }

    private byte @org.jspecify.annotations.Nullable [] await(int waitMillis) throws IOException {
        try {
            return queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }
}
