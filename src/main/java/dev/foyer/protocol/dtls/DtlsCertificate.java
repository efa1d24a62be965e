package dev.foyer.protocol.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/** The self-signed ECDSA P-256 certificate of a process and its private key. Immutable, shared by all sessions. */
public final class DtlsCertificate {
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private final byte[] der;
    private final AsymmetricKeyParameter privateKey;
    private final List<CertificateFingerprint> fingerprints;

    private DtlsCertificate(byte[] der, AsymmetricKeyParameter privateKey) {
        this.der = der;
        this.privateKey = privateKey;
        fingerprints = Stream.of("sha-1", "sha-224", "sha-256", "sha-384", "sha-512")
                .map(algorithm -> CertificateFingerprint.of(algorithm, der))
                .toList();
    }

    /**
     * Makes a new one, valid for ten years from the day before {@code now}. Peers trust the fingerprint, not the dates.
     */
    public static DtlsCertificate generate(SecureRandom random, Instant now) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(
                new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=foyer");
        try {
            X509v3CertificateBuilder builder = new BcX509v3CertificateBuilder(
                    name,
                    new BigInteger(63, random).setBit(62),
                    Date.from(now.minus(CLOCK_SKEW)),
                    Date.from(now.plus(VALIDITY)),
                    name,
                    pair.getPublic());
            var signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
            var signer = new BcECContentSignerBuilder(signature, digest).build(pair.getPrivate());
            return new DtlsCertificate(builder.build(signer).getEncoded(), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot sign a certificate", e);
        }
    }

    /** The fingerprints in sha-1, sha-224, sha-256, sha-384 and sha-512. */
    public List<CertificateFingerprint> fingerprints() {
        return fingerprints;
    }

    /** The fingerprint that SDP carries. */
    public CertificateFingerprint sha256() {
        return fingerprints.get(2);
    }

    byte[] der() {
        return der;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }
}
