package dev.foyer.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where events go.
 *
 * @param url {@code http} or {@code https}, from the server's configuration and nowhere else
 * @param form what it is told
 */
public record WebhookEndpoint(URI url, WebhookForm form) {
    private static final int NAME_BYTES = 8;

    /** Names its outbox: the same for the same endpoint, and nothing of its address in it. */
    String name() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((form + " " + url).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Leaves out the address: a path or query of it may be a secret. */
    @Override
    public String toString() {
        return "WebhookEndpoint[" + name() + "]";
    }
}
