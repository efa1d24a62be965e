package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFilesTest {
    @TempDir
    private Path directory;

    private Path certificateFile;
    private Path keyFile;
    private TlsSettings settings;

    @BeforeEach
    void name() {
        certificateFile = directory.resolve("cert.pem");
        keyFile = directory.resolve("key.pem");
        settings = new TlsSettings(certificateFile, keyFile);
    }

    @ParameterizedTest
    @CsvSource({
        "EC, 256, SHA256withECDSA",
        "EC, 384, SHA384withECDSA",
        "RSA, 2048, SHA256withRSA",
        "Ed25519, 0, Ed25519"
    })
    void readsKeysOfEveryKindAndForm(String algorithm, int bits, String signature) throws Exception {
        TestCertificate certificate = TestCertificate.create(algorithm, bits, signature);
        certificate.write(directory);
        assertNotNull(new TlsFiles(settings).load());

        Files.writeString(keyFile, certificate.opensslPem());
        assertNotNull(new TlsFiles(settings).load());
        Files.writeString(certificateFile, "a comment\n" + certificate.certificatePem() + certificate.certificatePem());
        assertNotNull(new TlsFiles(settings).load());
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        TestCertificate good = TestCertificate.create();
        String cert = "TLS_CERT is \"" + certificateFile + "\", which ";
        String key = "TLS_KEY is \"" + keyFile + "\", which ";
        assertEquals(cert + "cannot be read", failure());

        Files.writeString(certificateFile, good.certificatePem());
        assertEquals(key + "cannot be read", failure());
        Files.writeString(keyFile, "");
        assertEquals(key + "holds no private key", failure());
        Files.writeString(keyFile, good.certificatePem());
        assertEquals(key + "holds no private key", failure());
        Files.writeString(keyFile, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertEquals(key + "is not PEM or holds a broken key", failure());
        Files.writeString(keyFile, good.encryptedPem());
        assertEquals(key + "is protected by a password: it has to be readable without", failure());
        Files.writeString(keyFile, TestCertificate.create().pkcs8Pem());
        assertEquals(key + "is not the key of the first certificate in TLS_CERT", failure());
        Files.writeString(
                keyFile, TestCertificate.create("RSA", 2048, "SHA256withRSA").pkcs8Pem());
        assertEquals(key + "is not the key of the first certificate in TLS_CERT", failure());

        Files.writeString(keyFile, good.pkcs8Pem());
        Files.writeString(certificateFile, good.pkcs8Pem());
        assertEquals(cert + "holds no certificate", failure());
        Files.writeString(certificateFile, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertEquals(cert + "is not PEM or holds a broken certificate", failure());
        Files.writeString(
                certificateFile,
                good.certificatePem() + TestCertificate.named("somebody").certificatePem());
        assertEquals(cert + "has to hold, after each certificate, the one that vouches for it", failure());
        Files.write(certificateFile, new byte[(1 << 20) + 1]);
        assertEquals(cert + "is larger than 1 MB", failure());
    }

    @Test
    void needsBothFilesOrNeither() {
        String line = "TLS_CERT and TLS_KEY belong together: set both, or neither for plain HTTP";

        assertNull(TlsVariables.read(new Variables(Map.of(), Map.of())));
        for (String name : new String[] {"TLS_CERT", "TLS_KEY"}) {
            Variables one = new Variables(Map.of(name, certificateFile.toString()), Map.of());
            assertEquals(
                    line,
                    assertThrows(SettingsException.class, () -> TlsVariables.read(one))
                            .getMessage());
        }
    }

    @Test
    void noticesWhatHasChanged() throws Exception {
        TestCertificate.create().write(directory);
        TlsFiles files = new TlsFiles(settings);
        files.load();
        assertNull(files.changed());

        TestCertificate.create().write(directory);
        assertNotNull(files.changed());
        assertNull(files.changed());
    }

    /** Two files cannot be replaced at the same time. */
    @Test
    void waitsUntilTheFilesBelongTogether() throws Exception {
        TestCertificate.create().write(directory);
        TlsFiles files = new TlsFiles(settings);
        files.load();
        TestCertificate next = TestCertificate.create();

        Files.writeString(certificateFile, next.certificatePem());
        assertNull(files.changed());
        assertNull(files.changed());
        Files.writeString(keyFile, next.pkcs8Pem());
        assertNotNull(files.changed());
    }

    @Test
    void keepsWhatItHasWhileTheFilesAreNoGood() throws Exception {
        TestCertificate first = TestCertificate.create();
        first.write(directory);
        TlsFiles files = new TlsFiles(settings);
        files.load();

        Files.writeString(certificateFile, "broken");
        assertNull(files.changed());
        Files.delete(certificateFile);
        assertNull(files.changed());
        TestCertificate.create().write(directory);
        assertNotNull(files.changed());
    }

    private String failure() {
        String line = assertThrows(TlsFileException.class, () -> new TlsFiles(settings).load())
                .getMessage();
        assertEquals(
                line,
                assertThrows(
                                SettingsException.class,
                                () -> TlsVariables.read(new Variables(
                                        Map.of("TLS_CERT", certificateFile.toString(), "TLS_KEY", keyFile.toString()),
                                        Map.of())))
                        .getMessage());
        return line;
    }
}
