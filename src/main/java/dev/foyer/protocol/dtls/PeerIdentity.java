package dev.foyer.protocol.dtls;

import java.io.IOException;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * Who both ends of one handshake are: our certificate, and what the peer's must be. Also remembers why the handshake
 * failed, which the alert alone does not say. Used on the handshake's thread.
 */
final class PeerIdentity {
    final BcTlsCrypto crypto;
    private final DtlsCertificate certificate;
    private final List<CertificateFingerprint> expected;
    private @Nullable DtlsFailure failure;

    PeerIdentity(BcTlsCrypto crypto, DtlsCertificate certificate, List<CertificateFingerprint> expected) {
        this.crypto = crypto;
        this.certificate = certificate;
        this.expected = expected;
    }

    @Nullable
    DtlsFailure failure() {
        return failure;
    }

    /** Records the reason and makes the alert to throw. */
    TlsFatalAlert refuse(DtlsFailure reason, short alert) {
        failure = reason;
        return new TlsFatalAlert(alert);
    }

    /**
     * The peer must have the private key of a certificate with one of the fingerprints; possession is proved by the
     * handshake's own signatures (RFC 8122 section 6.2: any one of several fingerprints suffices).
     */
    void verify(@Nullable Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw refuse(DtlsFailure.NO_CERTIFICATE, AlertDescription.handshake_failure);
        }
        byte[] der = chain.getCertificateAt(0).getEncoded();
        if (expected.stream().noneMatch(fingerprint -> fingerprint.matches(der))) {
            throw refuse(DtlsFailure.FINGERPRINT_MISMATCH, AlertDescription.bad_certificate);
        }
    }

    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        Certificate chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(certificate.der())});
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                certificate.privateKey(),
                chain,
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /** Asks for any certificate that WebRTC permits (RFC 8827 section 6.5). */
    static CertificateRequest certificateRequest(TlsContext context) {
        Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, algorithms, null);
    }
}
