package dev.foyer.protocol.dtls;

import dev.foyer.protocol.srtp.SrtpKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * One DTLS 1.2 association of a transport (RFC 6347, RFC 5764): handshake, SRTP keys, then close and application data.
 *
 * <p>Its methods are called on one thread, the owner's, on which the given executor also runs what it is given; output
 * and listener are only ever called there.
 *
 * <p>BouncyCastle's handshake blocks and reads the system's clock, for retransmission and for the timeout: the one
 * exception in {@code protocol} to time as an argument. It runs on a virtual thread behind an in-memory queue, and that
 * thread ends with the handshake. Afterwards nothing waits: each record is processed within {@link #receive}.
 *
 * <p>The server sends no HelloVerifyRequest. The cookie guards against senders of a false address (RFC 6347 section
 * 4.2.1), and the owner passes on datagrams only from addresses that have proved themselves to ICE with our password.
 */
public final class DtlsSession {
    /** A handshake that takes longer fails. */
    public static final int HANDSHAKE_TIMEOUT_MILLIS = 15_000;

    /** The most bytes of a datagram sent: what every path that carries WebRTC takes without fragments. */
    public static final int MAX_DATAGRAM_SENT = 1200;

    /** First retransmission; doubled each time. Below RFC 6347's second, which would be heard as a pause. */
    static final int FIRST_RESEND_MILLIS = 300;

    private enum State {
        NEW,
        HANDSHAKING,
        CONNECTED,
        CLOSED
    }

    private final DtlsCertificate certificate;
    private final DtlsOutput output;
    private final DtlsListener listener;
    private final Executor executor;
    private final SecureRandom random;
    private final DtlsOptions options;
    private final DatagramQueue queue = new DatagramQueue(this::deliver);
    private State state = State.NEW;
    private long dropped;
    private @Nullable DTLSTransport connection;
    private byte @Nullable [] plain;

    /** Whether BouncyCastle runs on the owner's thread, where datagrams need no hop. */
    private volatile boolean onOwnerThread;

    /**
     * @param executor runs tasks in order on the owner's thread
     * @param random shared by sessions; must be thread-safe as {@link SecureRandom} is
     */
    public DtlsSession(
            DtlsCertificate certificate,
            DtlsOutput output,
            DtlsListener listener,
            Executor executor,
            SecureRandom random) {
        this(certificate, output, listener, executor, random, DtlsOptions.DEFAULT);
    }

    DtlsSession(
            DtlsCertificate certificate,
            DtlsOutput output,
            DtlsListener listener,
            Executor executor,
            SecureRandom random,
            DtlsOptions options) {
        this.certificate = certificate;
        this.output = output;
        this.listener = listener;
        this.executor = executor;
        this.random = random;
        this.options = options;
    }

    /**
     * Begins the handshake with what signaling told of the peer; datagrams that came before are processed first. As a
     * client wait for a path to the peer: the first flight leaves at once, and a lost one costs a retransmission.
     *
     * @param role our own
     * @param remoteFingerprints one of them must be that of the peer's certificate; those of unknown algorithms never
     *     match
     * @throws IllegalStateException if started already; does nothing once closed
     */
    public void start(DtlsRole role, List<CertificateFingerprint> remoteFingerprints) {
        if (state == State.CLOSED) {
            return;
        }
        if (state != State.NEW) {
            throw new IllegalStateException("started twice");
        }
        state = State.HANDSHAKING;
        List<CertificateFingerprint> expected = List.copyOf(remoteFingerprints);
        options.threads().newThread(() -> shakeHands(role, expected)).start();
    }

    /**
     * Takes a datagram of the peer (first byte 20 to 63, RFC 7983). Those that arrive before {@link #start} or during
     * the handshake are queued, at most 64.
     *
     * @param buffer borrowed until return
     */
    public void receive(byte[] buffer, int offset, int length) {
        if (state == State.CLOSED) {
            return;
        }
        if (!queue.offer(buffer, offset, length)) {
            dropped++;
        }
        if (state == State.CONNECTED) {
            drain();
        }
    }

    /**
     * Sends application data in one record.
     *
     * @param buffer borrowed until return
     * @return false if the session is not connected, the data is too long for a datagram, or sending failed
     */
    public boolean send(byte[] buffer, int offset, int length) {
        DTLSTransport current = connection;
        if (current == null || state != State.CONNECTED) {
            return false;
        }
        try {
            if (length > current.getSendLimit()) {
                return false;
            }
            current.send(buffer, offset, length);
            return true;
        } catch (IOException _) {
            broken();
            return false;
        }
    }

    /**
     * Ends the session: says close_notify if connected, stops a handshake at once. No callback follows. May be called
     * more than once.
     */
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        DTLSTransport current = connection;
        if (current != null) {
            closeQuietly(current);
        }
        state = State.CLOSED;
        connection = null;
        queue.close();
    }

    /** Whether SRTP keys were agreed on and the session is open. */
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** Datagrams that were too long or found the queue full. */
    public long dropped() {
        return dropped;
    }

    /** On the handshake's thread. */
    private void shakeHands(DtlsRole role, List<CertificateFingerprint> expected) {
        boolean client = role == DtlsRole.CLIENT;
        PeerIdentity identity = new PeerIdentity(new BcTlsCrypto(random), certificate, expected);
        SrtpNegotiation srtp = new SrtpNegotiation(identity, client, options.profiles());
        try {
            DTLSTransport established = client
                    ? new DTLSClientProtocol()
                            .connect(new SrtpTlsClient(identity, srtp, options.timeoutMillis()), queue)
                    : new DTLSServerProtocol()
                            .accept(new SrtpTlsServer(identity, srtp, options.timeoutMillis()), queue);
            SrtpKeys keys = srtp.keys();
            if (keys == null) {
                fail(DtlsFailure.PROTOCOL_ERROR);
            } else {
                int shortest = CiphertextGuard.shortest(srtp.cipherSuite());
                toOwner(() -> connected(established, keys, shortest));
            }
        } catch (TlsFatalAlertReceived _) {
            fail(DtlsFailure.ALERT_RECEIVED);
        } catch (TlsTimeoutException _) {
            fail(DtlsFailure.TIMEOUT);
        } catch (IOException | RuntimeException _) {
            DtlsFailure known = identity.failure();
            fail(known == null ? DtlsFailure.PROTOCOL_ERROR : known);
        }
    }

    private void fail(DtlsFailure reason) {
        toOwner(() -> {
            if (state != State.CLOSED) {
                state = State.CLOSED;
                queue.close();
                listener.onFailed(reason);
            }
        });
    }

    private void connected(DTLSTransport established, SrtpKeys keys, int shortestCiphertext) {
        onOwnerThread = true;
        queue.stopWaiting(shortestCiphertext);
        if (state == State.CLOSED) {
            return;
        }
        connection = established;
        state = State.CONNECTED;
        listener.onConnected(keys);
        if (state == State.CONNECTED) {
            drain();
        }
    }

    /** Processes what is queued, on the owner's thread. */
    private void drain() {
        byte[] target = plain;
        if (target == null) {
            target = new byte[DatagramQueue.MAX_DATAGRAM_RECEIVED];
            plain = target;
        }
        try {
            while (state == State.CONNECTED && connection != null && !queue.isClosed()) {
                // The wait never comes about: an empty queue throws InterruptedIOException.
                int length = connection.receive(target, 0, target.length, 1);
                if (length >= 0) {
                    listener.onApplicationData(target, 0, length);
                }
            }
        } catch (InterruptedIOException _) {
            // The queue is empty, or the record layer has closed it.
        } catch (IOException _) {
            queue.close();
        }
        if (state == State.CONNECTED && queue.isClosed()) {
            broken();
        }
    }

    private void broken() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            connection = null;
            queue.close();
            listener.onClosed();
        }
    }

    /** Takes a datagram from BouncyCastle on whichever thread it runs. */
    private void deliver(byte[] buffer, int offset, int length) {
        if (onOwnerThread) {
            output.send(buffer, offset, length);
            return;
        }
        byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        toOwner(() -> {
            if (state != State.CLOSED) {
                output.send(copy, 0, copy.length);
            }
        });
    }

    private void toOwner(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException _) {
            // The owner's loop is gone, and nobody is left to hear of it.
            queue.close();
        }
    }

    private static void closeQuietly(DTLSTransport transport) {
        try {
            transport.close();
        } catch (IOException _) {
            // The peer will notice by itself.
        }
    }
}
