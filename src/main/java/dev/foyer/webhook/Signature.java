package dev.foyer.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What proves that a request is ours and recent: HMAC-SHA256 over the time of the attempt, a dot and the body. Who receives
 * it computes the same, compares in constant time, and refuses old times.
 */
final class Signature {
    static final String ID = "Foyer-Webhook-Id";
    static final String TIMESTAMP = "Foyer-Webhook-Timestamp";
    static final String SIGNATURE = "Foyer-Webhook-Signature";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";

    private Signature() {}

    /**
     * Signs a body.
     *
     * @param timestamp seconds since 1970, in decimal
     * @return {@code v1=} and 64 lower-case hexadecimal digits
     */
    static String of(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] signed = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return VERSION + HexFormat.of().formatHex(signed);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every JDK has HMAC-SHA256, and every key fits it", e);
        }
    }
}
