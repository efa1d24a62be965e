package dev.foyer.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;

/** The server end of a DTLS-SRTP handshake, as BouncyCastle asks for it. */
final class SrtpTlsServer extends DefaultTlsServer {
    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    };

    private final PeerIdentity identity;
    private final SrtpNegotiation srtp;
    private final int timeoutMillis;

    SrtpTlsServer(PeerIdentity identity, SrtpNegotiation srtp, int timeoutMillis) {
        super(identity.crypto);
        this.identity = identity;
        this.srtp = srtp;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return CIPHER_SUITES.clone();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return DtlsSession.FIRST_RESEND_MILLIS;
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    // BouncyCastle's interfaces have raw tables: from extension number to body.
    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        srtp.read(extensions);
    }

    // As above.
    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public Hashtable getServerExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
        srtp.answer(extensions);
        return extensions;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return identity.credentials(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return PeerIdentity.certificateRequest(context);
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
        identity.verify(chain);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        srtp.export(context);
    }
}
