package dev.foyer.app;

import io.vertx.core.net.KeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * A certificate chain with its private key, which belong together: that was tried.
 *
 * @param chain the server's own certificate first
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = "foyer".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads both from PEM (RFC 7468). The key may be in PKCS#8 or in OpenSSL's older forms.
     *
     * @param settings names the files, for the line to show
     */
    static TlsIdentity parse(TlsSettings settings, byte[] certificates, byte[] key) throws TlsFileException {
        String certificateFile = "TLS_CERT is \"%s\", which ".formatted(settings.certificate());
        String keyFile = "TLS_KEY is \"%s\", which ".formatted(settings.key());
        List<X509Certificate> chain = chain(certificateFile, certificates);
        TlsIdentity identity = new TlsIdentity(chain, privateKey(keyFile, key));
        if (!identity.belongsTogether()) {
            throw new TlsFileException(keyFile + "is not the key of the first certificate in TLS_CERT");
        }
        if (!identity.vouchesInOrder()) {
            throw new TlsFileException(
                    certificateFile + "has to hold, after each certificate, the one that vouches for it");
        }
        return identity;
    }

    /** Whether the server's own certificate is valid at this time. */
    boolean isCurrent() {
        try {
            chain.getFirst().checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException _) {
            return false;
        }
    }

    /** For an HTTP server. */
    KeyCertOptions options() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("foyer", key, new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return KeyCertOptions.wrap(factory);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a key store in memory takes what was read", impossible);
        }
    }

    private static List<X509Certificate> chain(String file, byte[] content) throws TlsFileException {
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = new PEMParser(reader(content))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder) {
                    chain.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                }
            }
        } catch (IOException | CertificateException | RuntimeException _) {
            throw new TlsFileException(file + "is not PEM or holds a broken certificate");
        }
        if (chain.isEmpty()) {
            throw new TlsFileException(file + "holds no certificate");
        }
        return chain.stream().distinct().toList();
    }

    private static PrivateKey privateKey(String file, byte[] content) throws TlsFileException {
        try (PEMParser parser = new PEMParser(reader(content))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case PrivateKeyInfo pkcs8 -> {
                        return privateKey(pkcs8);
                    }
                    case PEMKeyPair pair -> {
                        return privateKey(pair.getPrivateKeyInfo());
                    }
                    case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                        throw new TlsFileException(file + "is protected by a password: it has to be readable without");
                    default -> {
                        // Curve parameters stand before keys of OpenSSL's older form, certificates beside some.
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            throw new TlsFileException(file + "is not PEM or holds a broken key");
        }
        throw new TlsFileException(file + "holds no private key");
    }

    private boolean vouchesInOrder() {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return true;
    }

    /** By the JDK: BouncyCastle's own converter asks for algorithms by names that only its provider has. */
    private static PrivateKey privateKey(PrivateKeyInfo pkcs8) throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier algorithm = pkcs8.getPrivateKeyAlgorithm().getAlgorithm();
        KeyFactory factory =
                KeyFactory.getInstance(algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : algorithm.getId());
        return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.getEncoded()));
    }

    private boolean belongsTogether() {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(chain.getFirst().getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            // Of different kinds.
            return false;
        }
    }

    private static Reader reader(byte[] content) {
        return new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.US_ASCII);
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.size() + " certificates]";
    }
}
