package dev.foyer.media;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.IceCandidate;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.dtls.CertificateFingerprint;
import dev.foyer.protocol.dtls.DtlsCertificate;
import dev.foyer.protocol.dtls.DtlsFailure;
import dev.foyer.protocol.dtls.DtlsListener;
import dev.foyer.protocol.dtls.DtlsRole;
import dev.foyer.protocol.dtls.DtlsSession;
import dev.foyer.protocol.srtp.SrtpKeys;
import dev.foyer.protocol.srtp.SrtpSession;
import dev.foyer.sfu.ConnectivityCheck;
import dev.foyer.sfu.PlainClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client over a real socket: checks connectivity as the controlling side, shakes hands as DTLS client, sends SRTP and
 * collects what it receives, decrypted. Everything but the reading runs on one thread.
 */
final class TestPeer implements AutoCloseable {
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM, Instant.EPOCH);

    private volatile PeerSocket socket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("test-peer").daemon().factory());
    private Thread reader;
    private final DtlsSession dtls;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
    private final byte[] scratch = new byte[4096];
    private final AtomicLong datagrams = new AtomicLong();
    private volatile InetSocketAddress server;
    private volatile SrtpSession srtp;
    private List<CertificateFingerprint> serverFingerprints = List.of();
    private boolean started;

    TestPeer() throws SocketException {
        this(new UdpPeerSocket());
    }

    TestPeer(PeerSocket socket) {
        this.socket = socket;
        dtls = new DtlsSession(CERTIFICATE, this::send, new Handshake(), thread, RANDOM);
        reader = Thread.ofPlatform().name("test-peer-reader").daemon().start(() -> read(socket));
    }

    /** Goes on over another socket; the one before is to be closed already. */
    void moveTo(PeerSocket other) {
        socket = other;
        reader = Thread.ofPlatform().name("test-peer-reader").daemon().start(() -> read(other));
    }

    /** The parameters to connect the server's transport with. */
    static DtlsParameters dtlsParameters() {
        CertificateFingerprint fingerprint = CERTIFICATE.sha256();
        return new DtlsParameters(
                dev.foyer.ortc.DtlsRole.CLIENT,
                List.of(new DtlsFingerprint(fingerprint.algorithm(), fingerprint.value())));
    }

    /** A client whose descriptions show this peer's certificate. */
    static PlainClient plainClient() {
        return new PlainClient().fingerprint(CERTIFICATE.sha256().value()).setup("active");
    }

    /** Begins with the first candidate of the socket's protocol; completes when SRTP keys are there. */
    CompletableFuture<Void> connect(TransportParameters parameters) {
        IceCandidate candidate = parameters.iceCandidates().stream()
                .filter(offered -> offered.protocol().equals(socket.protocol()))
                .findFirst()
                .orElseThrow();
        server = new InetSocketAddress(candidate.address(), candidate.port());
        serverFingerprints = parameters.dtlsParameters().fingerprints().stream()
                .map(fingerprint -> new CertificateFingerprint(fingerprint.algorithm(), fingerprint.value()))
                .toList();
        check(parameters.iceParameters());
        return connected;
    }

    /** The same by the server's description. */
    CompletableFuture<Void> connect(String sdp) {
        List<String> candidate =
                List.of(PlainClient.values(sdp, "candidate").getFirst().split(" ", -1));
        List<String> fingerprint =
                List.of(PlainClient.values(sdp, "fingerprint").getFirst().split(" ", -1));
        return connect(new TransportParameters(
                "",
                new IceParameters(
                        PlainClient.values(sdp, "ice-ufrag").getFirst(),
                        PlainClient.values(sdp, "ice-pwd").getFirst(),
                        true),
                List.of(new IceCandidate(
                        candidate.get(0),
                        1,
                        candidate.get(4),
                        candidate.get(4),
                        "udp",
                        Integer.parseInt(candidate.get(5)),
                        "host",
                        null)),
                new DtlsParameters(
                        dev.foyer.ortc.DtlsRole.SERVER,
                        List.of(new DtlsFingerprint(fingerprint.get(0), fingerprint.get(1))))));
    }

    /** Sends a connectivity check. */
    void check(IceParameters ice) {
        byte[] check = ConnectivityCheck.nominating(ice.usernameFragment(), ice.password(), RANDOM.nextInt());
        send(check, 0, check.length);
    }

    /** Protects and sends an RTP packet; the protected bytes are returned. */
    byte[] sendRtp(byte[] packet) {
        return onThread(() -> {
            System.arraycopy(packet, 0, scratch, 0, packet.length);
            int length = srtp.protectRtp(scratch, 0, packet.length);
            send(scratch, 0, length);
            return Arrays.copyOf(scratch, length);
        });
    }

    /** Protects and sends an RTCP packet. */
    void sendRtcp(byte[] packet) {
        onThread(() -> {
            System.arraycopy(packet, 0, scratch, 0, packet.length);
            send(scratch, 0, srtp.protectRtcp(scratch, 0, packet.length));
            return null;
        });
    }

    /** Sends bytes as they are. */
    void sendRaw(byte[] bytes) {
        send(bytes, 0, bytes.length);
    }

    void target(InetSocketAddress address) {
        server = address;
    }

    /** Where it sends to. */
    InetSocketAddress target() {
        return server;
    }

    /** Completes when the socket is closed, by whichever end. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Closes the socket and says nothing. */
    void hangUp() throws IOException {
        socket.close();
    }

    /** Datagrams that came from the server, of whatever kind. */
    long datagramsReceived() {
        return datagrams.get();
    }

    /** The next RTP packet, waited for up to 5 seconds; null if none comes. */
    byte[] nextRtp() throws InterruptedException {
        return rtp.poll(5, TimeUnit.SECONDS);
    }

    /** The RTP packets that are there now. */
    int rtpWaiting() {
        return rtp.size();
    }

    /** The next RTCP packet, waited for up to 5 seconds; null if none comes. */
    byte[] nextRtcp() throws InterruptedException {
        return rtcp.poll(5, TimeUnit.SECONDS);
    }

    private void send(byte[] buffer, int offset, int length) {
        try {
            socket.send(buffer, offset, length, server);
        } catch (IOException e) {
            connected.completeExceptionally(e);
        }
    }

    private void read(PeerSocket from) {
        byte[] buffer = new byte[4096];
        while (true) {
            int length;
            try {
                length = from.receive(buffer);
            } catch (IOException _) {
                ended.complete(null);
                return;
            }
            datagrams.incrementAndGet();
            byte[] copy = Arrays.copyOf(buffer, length + 64);
            try {
                thread.execute(() -> received(copy, length));
            } catch (RejectedExecutionException _) {
                return;
            }
        }
    }

    private void received(byte[] buffer, int length) {
        int first = buffer[0] & 0xFF;
        if (first <= 3) {
            if (ConnectivityCheck.isSuccess(buffer) && !started) {
                started = true;
                dtls.start(DtlsRole.CLIENT, serverFingerprints);
            }
        } else if (first < 64) {
            dtls.receive(buffer, 0, length);
        } else if (srtp != null) {
            boolean isRtcp = (buffer[1] & 0xFF) >= 192 && (buffer[1] & 0xFF) <= 223;
            int plain = isRtcp ? srtp.unprotectRtcp(buffer, 0, length) : srtp.unprotectRtp(buffer, 0, length);
            if (plain > 0) {
                (isRtcp ? rtcp : rtp).add(Arrays.copyOf(buffer, plain));
            }
        }
    }

    private <T> T onThread(java.util.concurrent.Callable<T> task) {
        try {
            return thread.submit(task).get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the socket; with {@code sayGoodbye} the DTLS session first. */
    void close(boolean sayGoodbye) {
        onThread(() -> {
            if (sayGoodbye) {
                dtls.close();
            }
            return null;
        });
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.shutdownNow();
        try {
            reader.join(5_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(true);
    }

    private final class Handshake implements DtlsListener {
        @Override
        public void onConnected(SrtpKeys keys) {
            srtp = new SrtpSession(keys);
            connected.complete(null);
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            connected.completeExceptionally(new IllegalStateException(reason.toString()));
        }
    }
}
