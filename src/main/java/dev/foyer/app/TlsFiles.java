package dev.foyer.app;

import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that HTTPS is served with, looked at from time to time. Their content counts, not their dates: they may be
 * links that are moved, or mounted by somebody who keeps dates.
 *
 * <p>Reads files: never on an event loop, and on one thread at a time.
 */
final class TlsFiles {
    static final String CERTIFICATE = "TLS_CERT";
    static final String KEY = "TLS_KEY";

    private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);
    private static final int MAX_BYTES = 1 << 20;

    private final TlsSettings settings;
    private byte[] seen = new byte[0];
    private @Nullable String complained;

    TlsFiles(TlsSettings settings) {
        this.settings = settings;
    }

    /**
     * What to serve with now.
     *
     * @throws TlsFileException with the line to show when the files are not good
     */
    KeyCertOptions load() throws TlsFileException {
        byte[] certificate = read(CERTIFICATE, settings.certificate());
        byte[] key = read(KEY, settings.key());
        seen = digest(certificate, key);
        return checked(TlsIdentity.parse(settings, certificate, key)).options();
    }

    /**
     * What to serve with from now on; null when nothing has changed, or what is there now is not good. The latter is
     * logged once for each content: the certificate that is served goes on being served.
     */
    @Nullable
    KeyCertOptions changed() {
        try {
            byte[] certificate = read(CERTIFICATE, settings.certificate());
            byte[] key = read(KEY, settings.key());
            byte[] content = digest(certificate, key);
            if (Arrays.equals(content, seen)) {
                return null;
            }
            // Also when it is not good: the same content need not be looked at twice.
            seen = content;
            TlsIdentity identity = TlsIdentity.parse(settings, certificate, key);
            complained = null;
            log.info("the certificate of {} has changed", CERTIFICATE);
            return checked(identity).options();
        } catch (TlsFileException wrong) {
            String line = String.valueOf(wrong.getMessage());
            if (!line.equals(complained)) {
                log.error("{}; the certificate of before stays in use", line);
            }
            complained = line;
            return null;
        }
    }

    private static TlsIdentity checked(TlsIdentity identity) {
        if (!identity.isCurrent()) {
            log.warn("the certificate of {} is not valid at this time", CERTIFICATE);
        }
        return identity;
    }

    private static byte[] read(String variable, Path file) throws TlsFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new TlsFileException("%s is \"%s\", which is larger than 1 MB".formatted(variable, file));
            }
            return content;
        } catch (IOException _) {
            throw new TlsFileException("%s is \"%s\", which cannot be read".formatted(variable, file));
        }
    }

    private static byte[] digest(byte[] certificate, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(MessageDigest.getInstance("SHA-256").digest(certificate));
            return digest.digest(key);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
