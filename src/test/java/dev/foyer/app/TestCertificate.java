package dev.foyer.app;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for {@code localhost} that vouches for itself. */
final class TestCertificate {
    private final X509Certificate certificate;
    private final KeyPair pair;

    private TestCertificate(X509Certificate certificate, KeyPair pair) {
        this.certificate = certificate;
        this.pair = pair;
    }

    /** One with an elliptic key, valid today. */
    static TestCertificate create() throws Exception {
        return create("EC", 256, "SHA256withECDSA");
    }

    /** One with a key of some kind. */
    static TestCertificate create(String algorithm, int bits, String signature) throws Exception {
        return create("localhost", algorithm, bits, signature);
    }

    /** One of another name. */
    static TestCertificate named(String name) throws Exception {
        return create(name, "EC", 256, "SHA256withECDSA");
    }

    private static TestCertificate create(String cn, String algorithm, int bits, String signature) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) {
            generator.initialize(bits);
        }
        KeyPair pair = generator.generateKeyPair();
        Instant now = Instant.now();
        X500Name name = new X500Name("CN=" + cn);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                name,
                pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return new TestCertificate(
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))),
                pair);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** Writes it to {@code cert.pem} and {@code key.pem}. */
    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("cert.pem"), certificatePem());
        Files.writeString(directory.resolve("key.pem"), pkcs8Pem());
    }

    String certificatePem() throws IOException {
        return pem(certificate);
    }

    /** The key as {@code PRIVATE KEY}. */
    String pkcs8Pem() throws IOException {
        return pem(new JcaPKCS8Generator(pair.getPrivate(), null));
    }

    /** The key as {@code EC PRIVATE KEY} or {@code RSA PRIVATE KEY}. */
    String opensslPem() throws IOException {
        return pem(pair.getPrivate());
    }

    /** The key as {@code ENCRYPTED PRIVATE KEY}. */
    String encryptedPem() throws Exception {
        return pem(new JcaPKCS8Generator(
                pair.getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword("secret".toCharArray())
                        .build()));
    }

    /** A client's context that trusts some certificates and no others. */
    static SSLContext trusting(TestCertificate... certificates) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (TestCertificate trusted : certificates) {
            store.setCertificateEntry(trusted.certificate.getSerialNumber().toString(), trusted.certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static String pem(Object part) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }
}
