package dev.foyer.protocol.dtls;

import dev.foyer.protocol.ice.IceCredentials;
import dev.foyer.protocol.ice.IceLiteAgent;
import dev.foyer.protocol.ice.IceOutput;
import dev.foyer.protocol.ice.IceState;
import dev.foyer.protocol.ice.TransportProtocol;
import dev.foyer.protocol.ice.Tuple;
import dev.foyer.protocol.srtp.SrtpKeys;
import dev.foyer.protocol.srtp.SrtpProfile;
import dev.foyer.protocol.srtp.SrtpSession;
import dev.foyer.protocol.stun.StunPeek;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The server's end of one transport over a plain socket on loopback: agent, DTLS and SRTP on one thread, as an event
 * loop would have them.
 */
final class InteropServer implements AutoCloseable {
    static final SecureRandom RANDOM = new SecureRandom();

    final DtlsCertificate certificate = DtlsCertificate.generate(RANDOM, Instant.now());
    final IceCredentials credentials = IceCredentials.draw(RANDOM);
    final LinkedBlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final DatagramSocket socket;
    private final IceLiteAgent agent = new IceLiteAgent(credentials);
    private final DtlsSession dtls;
    private final IceOutput output = new IceOutput() {
        @Override
        public void send(Tuple tuple, byte[] buffer, int offset, int length) {
            write(tuple, buffer, offset, length);
        }

        @Override
        public void stateChanged(IceState state) {
            events.add(state);
            if (!started) {
                started = true;
                dtls.start(role, expected);
            }
        }
    };
    private SrtpSession srtp;
    private boolean started;
    private volatile DtlsRole role;
    private volatile List<CertificateFingerprint> expected;
    private final Thread reader = new Thread(this::read, "interop-reader");

    /** How datagrams that arrive are passed on; a test may split, swap or drop them. */
    volatile Function<byte[], List<byte[]>> network = List::of;

    InteropServer(List<SrtpProfile> profiles) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        dtls = new DtlsSession(
                certificate,
                (buffer, offset, length) -> write(agent.selectedTuple(), buffer, offset, length),
                new DtlsListener() {
                    @Override
                    public void onConnected(SrtpKeys keys) {
                        srtp = new SrtpSession(keys);
                        events.add(keys.profile());
                    }

                    @Override
                    public void onFailed(DtlsFailure reason) {
                        events.add(reason);
                    }

                    @Override
                    public void onClosed() {
                        events.add("closed");
                    }
                },
                loop,
                RANDOM,
                new DtlsOptions(
                        profiles,
                        DtlsSession.HANDSHAKE_TIMEOUT_MILLIS,
                        Thread.ofVirtual().factory()));
        reader.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Says how to shake hands as soon as there is a path; call before the client knows of us. */
    void expect(DtlsRole ownRole, CertificateFingerprint fingerprint) {
        role = ownRole;
        expected = List.of(fingerprint);
    }

    void sendRtp(byte[] packet) {
        byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD);
        loop.execute(() -> write(agent.selectedTuple(), buffer, 0, srtp.protectRtp(buffer, 0, packet.length)));
    }

    void sendRtcp(byte[] packet) {
        byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD);
        loop.execute(() -> write(agent.selectedTuple(), buffer, 0, srtp.protectRtcp(buffer, 0, packet.length)));
    }

    long refused() throws Exception {
        return loop.submit(() -> srtp.count(SrtpSession.AUTHENTICATION_FAILED)
                        + srtp.count(SrtpSession.MALFORMED)
                        + srtp.count(SrtpSession.FAILED))
                .get(5, TimeUnit.SECONDS);
    }

    private void read() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException _) {
                return;
            }
            byte[] copy = Arrays.copyOf(buffer, packet.getLength());
            Tuple tuple = new Tuple(
                    TransportProtocol.UDP, (InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress)
                            packet.getSocketAddress());
            try {
                loop.execute(() -> network.apply(copy).forEach(datagram -> demultiplex(datagram, tuple)));
            } catch (RejectedExecutionException _) {
                return;
            }
        }
    }

    private void demultiplex(byte[] datagram, Tuple tuple) {
        int first = datagram[0] & 0xFF;
        if (StunPeek.isStun(datagram, 0, datagram.length)) {
            if (!credentials.usernameFragment().equals(StunPeek.usernameFragment(datagram, 0, datagram.length))) {
                throw new AssertionError("not demultiplexed by user name fragment");
            }
            agent.handle(datagram, 0, datagram.length, tuple, System.nanoTime(), output);
        } else if (first >= 20 && first <= 63) {
            dtls.receive(datagram, 0, datagram.length);
        } else if (srtp != null && first >= 128 && first <= 191) {
            int type = datagram[1] & 0xFF;
            boolean control = type >= 192 && type <= 223;
            int length = control
                    ? srtp.unprotectRtcp(datagram, 0, datagram.length)
                    : srtp.unprotectRtp(datagram, 0, datagram.length);
            if (length > 0) {
                (control ? rtcp : rtp).add(Arrays.copyOf(datagram, length));
            }
        }
    }

    private void write(Tuple tuple, byte[] buffer, int offset, int length) {
        if (tuple == null || length <= 0) {
            throw new AssertionError("nothing to send, or nowhere to: " + length);
        }
        try {
            socket.send(new DatagramPacket(buffer, offset, length, tuple.remote()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        loop.execute(dtls::close);
        loop.execute(socket::close);
        loop.close();
    }
}
