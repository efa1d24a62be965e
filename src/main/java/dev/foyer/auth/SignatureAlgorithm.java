package dev.foyer.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The algorithms that a token may be signed with (RFC 7518, section 3; RFC 8037, section 3.1), and no others. */
enum SignatureAlgorithm {
    HS256("HS256", "HmacSHA256"),
    RS256("RS256", "SHA256withRSA"),
    /** The signature is the two numbers one after the other, not DER (RFC 7518, section 3.4). */
    ES256("ES256", "SHA256withECDSAinP1363Format"),
    EDDSA("EdDSA", "Ed25519");

    private static final int ES256_LENGTH = 64;

    private final String word;
    private final String jcaName;

    SignatureAlgorithm(String word, String jcaName) {
        this.word = word;
        this.jcaName = jcaName;
    }

    /** The algorithm that a header's {@code alg} names; empty for {@code none} and everything else that is not here. */
    static Optional<SignatureAlgorithm> of(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equals(word))
                .findFirst();
    }

    /** What it is called in headers and keys. */
    String word() {
        return word;
    }

    /** The key of a shared secret. */
    static SecretKey secretKey(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HS256.jcaName);
    }

    /** Signs with a shared secret. */
    static byte[] sign(SecretKey key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HS256.jcaName);
        mac.init(key);
        return mac.doFinal(input);
    }

    /** Whether a signature is that of an input. A key of another kind than the algorithm's never is the signer's. */
    boolean verifies(Key key, byte[] input, byte[] signature) {
        try {
            return switch (key) {
                case SecretKey secret when this == HS256 -> MessageDigest.isEqual(sign(secret, input), signature);
                case PublicKey publicKey when this != HS256 -> verifies(publicKey, input, signature);
                default -> false;
            };
        } catch (SignatureException _) {
            // Of a length or form that no signature of this algorithm has.
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("no " + jcaName + " for its own kind of key", impossible);
        }
    }

    private boolean verifies(PublicKey key, byte[] input, byte[] signature) throws GeneralSecurityException {
        if (this == ES256 && signature.length != ES256_LENGTH) {
            return false;
        }
        Signature verifier = Signature.getInstance(jcaName);
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(signature);
    }
}
