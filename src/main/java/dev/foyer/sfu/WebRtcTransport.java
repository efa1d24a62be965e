package dev.foyer.sfu;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.dtls.CertificateFingerprint;
import dev.foyer.protocol.dtls.DtlsFailure;
import dev.foyer.protocol.dtls.DtlsListener;
import dev.foyer.protocol.dtls.DtlsSession;
import dev.foyer.protocol.ice.IceCredentials;
import dev.foyer.protocol.ice.IceLiteAgent;
import dev.foyer.protocol.ice.IceOutcome;
import dev.foyer.protocol.ice.IceOutput;
import dev.foyer.protocol.ice.IceState;
import dev.foyer.protocol.ice.Tuple;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.srtp.SrtpKeys;
import dev.foyer.protocol.srtp.SrtpSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: ICE, DTLS and SRTP around one {@link RtpSession}.
 *
 * <p>The handshake starts when both are there, the client's fingerprints by signaling and a selected tuple by
 * connectivity checks, in whichever order; what the client sends before is kept by the {@link DtlsSession}.
 */
@HotPath
public final class WebRtcTransport {
    private static final long ICE_TIMER_NANOS = 1_000_000_000L;

    private final String id;
    private final Router router;
    private final SfuEnvironment environment;
    private final IceLiteAgent ice;
    private final DtlsSession dtls;
    private final RtpSession rtp;
    private final PathChanges pathChanges = new PathChanges();
    private final List<String> usernameFragments = new ArrayList<>(2);
    private final List<CertificateFingerprint> remoteFingerprints = new ArrayList<>(1);
    private dev.foyer.protocol.dtls.@Nullable DtlsRole dtlsRole;
    private @Nullable SrtpSession srtp;
    private @Nullable Tuple selected;
    private WebRtcTransportState state = WebRtcTransportState.NEW;
    private boolean handshakeStarted;
    private boolean handshaking;
    private boolean failed;
    private boolean closed;
    private long iceTimerNanos;
    private long bytesReceived;
    private long bytesSent;
    private long packetsReceived;
    private long packetsSent;

    WebRtcTransport(Router router, SfuEnvironment environment) {
        this.id = environment.newId();
        this.router = router;
        this.environment = environment;
        this.iceTimerNanos = environment.now() + ICE_TIMER_NANOS;
        IceCredentials credentials = IceCredentials.draw(environment.random);
        ice = new IceLiteAgent(credentials);
        register(credentials);
        dtls = new DtlsSession(
                environment.certificate, this::sendDtls, new Handshake(), environment.executor, environment.random);
        rtp = new RtpSession(environment, new Protected());
    }

    /** The transport's id. */
    public String id() {
        return id;
    }

    RtpSession rtp() {
        return rtp;
    }

    WebRtcTransportState state() {
        return state;
    }

    /** What the client needs to connect. */
    TransportParameters parameters() {
        List<DtlsFingerprint> fingerprints = new ArrayList<>();
        for (CertificateFingerprint fingerprint : environment.certificate.fingerprints()) {
            fingerprints.add(new DtlsFingerprint(fingerprint.algorithm(), fingerprint.value()));
        }
        return new TransportParameters(
                id, iceParameters(), environment.candidates(), new DtlsParameters(DtlsRole.AUTO, fingerprints));
    }

    private IceParameters iceParameters() {
        IceCredentials credentials = ice.credentials();
        return new IceParameters(credentials.usernameFragment(), credentials.password(), true);
    }

    /**
     * Takes the client's fingerprints and role.
     *
     * @throws RefusedException when called twice, or no fingerprint can be verified
     */
    void connect(DtlsParameters remote) {
        if (dtlsRole != null) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "The transport is connected already");
        }
        remoteFingerprints.addAll(verifiable(remote));
        dtlsRole = remote.role() == DtlsRole.SERVER
                ? dev.foyer.protocol.dtls.DtlsRole.CLIENT
                : dev.foyer.protocol.dtls.DtlsRole.SERVER;
        startHandshake();
    }

    /**
     * The fingerprints that can be verified.
     *
     * @throws RefusedException when there are none
     */
    static List<CertificateFingerprint> verifiable(DtlsParameters remote) {
        List<CertificateFingerprint> fingerprints = new ArrayList<>();
        for (DtlsFingerprint fingerprint : remote.fingerprints()) {
            CertificateFingerprint known = new CertificateFingerprint(fingerprint.algorithm(), fingerprint.value());
            if (known.isVerifiable()) {
                fingerprints.add(known);
            }
        }
        if (fingerprints.isEmpty()) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "No DTLS fingerprint that can be verified");
        }
        return fingerprints;
    }

    /** Whether this side opens the DTLS handshake, as the client's role left it. */
    boolean opensHandshake() {
        return dtlsRole == dev.foyer.protocol.dtls.DtlsRole.CLIENT;
    }

    /** Gives the transport new ICE credentials. */
    IceParameters restartIce() {
        IceCredentials credentials = IceCredentials.draw(environment.random);
        ice.restart(credentials);
        while (usernameFragments.size() > 1) {
            environment.worker.releaseUsernameFragment(usernameFragments.removeFirst());
        }
        register(credentials);
        return iceParameters();
    }

    private void register(IceCredentials credentials) {
        usernameFragments.add(credentials.usernameFragment());
        environment.worker.registerUsernameFragment(credentials.usernameFragment(), this);
    }

    private void startHandshake() {
        dev.foyer.protocol.dtls.DtlsRole role = dtlsRole;
        if (!handshakeStarted && role != null && selected != null && environment.handshakes.take()) {
            handshakeStarted = true;
            handshaking = true;
            dtls.start(role, remoteFingerprints);
        }
    }

    private void handshakeEnded() {
        if (handshaking) {
            handshaking = false;
            environment.handshakes.release();
        }
    }

    IceOutcome receiveStun(Tuple from, byte[] buffer, int offset, int length, long nowNanos) {
        return ice.handle(buffer, offset, length, from, nowNanos, pathChanges);
    }

    /** A connection that carried packets of this transport is gone. */
    void pathLost(Tuple tuple) {
        ice.drop(tuple, pathChanges);
    }

    void receiveDtls(byte[] buffer, int offset, int length) {
        dtls.receive(buffer, offset, length);
    }

    /** Takes SRTP or SRTCP from an address of this transport. */
    void receiveMedia(byte[] buffer, int offset, int length, long nowNanos) {
        SrtpSession current = srtp;
        if (current == null) {
            environment.counters.mediaBeforeKeys++;
            return;
        }
        packetsReceived++;
        bytesReceived += length;
        environment.counters.bytesReceived += length;
        if (RtpPacket.looksLikeRtp(buffer, offset, length)) {
            int plain = current.unprotectRtp(buffer, offset, length);
            if (plain < 0) {
                environment.counters.srtp(plain);
            } else {
                rtp.receiveRtp(buffer, offset, plain, nowNanos);
            }
        } else {
            int plain = current.unprotectRtcp(buffer, offset, length);
            if (plain < 0) {
                environment.counters.srtp(plain);
            } else {
                rtp.receiveRtcp(buffer, offset, plain, nowNanos);
            }
        }
    }

    private void sendDtls(byte[] buffer, int offset, int length) {
        Tuple tuple = selected;
        if (tuple != null) {
            environment.output.send(tuple, buffer, offset, length);
        }
    }

    void tick(long nowNanos) {
        if (nowNanos - iceTimerNanos >= 0) {
            iceTimerNanos = nowNanos + ICE_TIMER_NANOS;
            ice.onTimer(nowNanos, pathChanges);
        }
        // Where no handshake was free when its time came.
        startHandshake();
        if (srtp != null && selected != null) {
            rtp.tick(nowNanos);
        }
    }

    /** Figures for the statistics of the transport. */
    TransportFigures figures() {
        return new TransportFigures(
                state, ice.state(), handshakeStarted, packetsReceived, packetsSent, bytesReceived, bytesSent);
    }

    /** Releases everything; says goodbye to the client while that is possible. Idempotent. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        rtp.close();
        dtls.close();
        handshakeEnded();
        for (Tuple tuple : ice.tuples()) {
            environment.worker.unbind(tuple, this);
        }
        for (String usernameFragment : usernameFragments) {
            environment.worker.releaseUsernameFragment(usernameFragment);
        }
        srtp = null;
        selected = null;
    }

    private void updateState() {
        if (closed || failed) {
            return;
        }
        if (ice.state() == IceState.DISCONNECTED) {
            become(WebRtcTransportState.DISCONNECTED);
        } else if (selected != null && srtp != null) {
            become(WebRtcTransportState.CONNECTED);
        }
    }

    private void become(WebRtcTransportState next) {
        if (state == next) {
            return;
        }
        state = next;
        rtp.connected(next == WebRtcTransportState.CONNECTED);
        router.transportState(this, next);
    }

    /** What the ICE agent has to say. */
    private final class PathChanges implements IceOutput {
        @Override
        public void send(Tuple tuple, byte[] buffer, int offset, int length) {
            environment.output.send(tuple, buffer, offset, length);
        }

        @Override
        public void tupleAdded(Tuple tuple) {
            environment.worker.bind(tuple, WebRtcTransport.this);
        }

        @Override
        public void tupleRemoved(Tuple tuple) {
            environment.worker.unbind(tuple, WebRtcTransport.this);
            if (tuple.equals(selected)) {
                selected = null;
            }
        }

        @Override
        public void tupleSelected(Tuple tuple) {
            selected = tuple;
            startHandshake();
        }

        @Override
        public void stateChanged(IceState next) {
            updateState();
        }
    }

    /** What the DTLS session has to say. */
    private final class Handshake implements DtlsListener {
        @Override
        public void onConnected(SrtpKeys keys) {
            handshakeEnded();
            if (closed) {
                return;
            }
            srtp = new SrtpSession(keys);
            updateState();
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            handshakeEnded();
            environment.counters.dtlsFailed++;
            if (!closed) {
                become(WebRtcTransportState.FAILED);
                failed = true;
            }
        }

        @Override
        public void onClosed() {
            if (!closed) {
                become(WebRtcTransportState.CLOSED);
                router.transportEnded(WebRtcTransport.this);
            }
        }
    }

    /** Protects and sends what the RTP session gives. */
    private final class Protected implements RtpSessionOutput {
        @Override
        public boolean sendRtp(byte[] buffer, int offset, int length) {
            SrtpSession current = srtp;
            Tuple tuple = selected;
            return current != null
                    && tuple != null
                    && send(tuple, buffer, offset, current.protectRtp(buffer, offset, length));
        }

        @Override
        public boolean sendRtcp(byte[] buffer, int offset, int length) {
            SrtpSession current = srtp;
            Tuple tuple = selected;
            return current != null
                    && tuple != null
                    && send(tuple, buffer, offset, current.protectRtcp(buffer, offset, length));
        }

        private boolean send(Tuple tuple, byte[] buffer, int offset, int length) {
            if (length < 0) {
                environment.counters.srtp(length);
                return false;
            }
            packetsSent++;
            bytesSent += length;
            environment.counters.bytesSent += length;
            environment.output.send(tuple, buffer, offset, length);
            return true;
        }

        @Override
        public void releaseReceiveSsrc(long ssrc) {
            SrtpSession current = srtp;
            if (current != null) {
                current.releaseReceiveSsrc(ssrc);
            }
        }

        @Override
        public void retireSendSsrc(long ssrc) {
            SrtpSession current = srtp;
            if (current != null) {
                current.retireSendSsrc(ssrc);
            }
        }
    }
}
