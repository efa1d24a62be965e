package dev.foyer.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON Web Signature in its compact form (RFC 7515, section 7.1), taken apart and not yet believed. */
final class SignedToken {
    /** Far beyond any token with these claims; a longer one is not looked at. */
    static final int MAX_LENGTH = 8_192;

    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

    private final SignatureAlgorithm algorithm;
    private final @Nullable String keyId;
    private final JsonObject claims;
    private final byte[] input;
    private final byte[] signature;

    private SignedToken(
            SignatureAlgorithm algorithm, @Nullable String keyId, JsonObject claims, byte[] input, byte[] signature) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.claims = claims;
        this.input = input;
        this.signature = signature;
    }

    /** Reads a token; empty for what is none, and for one that is signed with nothing or with what is not known. */
    static Optional<SignedToken> parse(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (token.length() > MAX_LENGTH || first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        try {
            byte[] signature = BASE64.decode(token.substring(second + 1));
            if (json(token.substring(0, first)) instanceof JsonObject header
                    && json(token.substring(first + 1, second)) instanceof JsonObject claims
                    && header.getValue("alg") instanceof String word
                    // What must be understood (RFC 7515, section 4.1.11) is not: there is no extension here.
                    && !header.containsKey("crit")) {
                String keyId = header.getValue("kid") instanceof String text ? text : null;
                byte[] input = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
                return SignatureAlgorithm.of(word)
                        .map(algorithm -> new SignedToken(algorithm, keyId, claims, input, signature));
            }
        } catch (IllegalArgumentException | DecodeException _) {
            // No base64, or no JSON.
        }
        return Optional.empty();
    }

    /** What it says that it is signed with. */
    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** Which key it says that it is signed with; null when it says none. */
    @Nullable
    String keyId() {
        return keyId;
    }

    /** What it says. Not to be believed before its signature was found good. */
    JsonObject claims() {
        return claims;
    }

    boolean isSignedWith(Key key) {
        return algorithm.verifies(key, input, signature);
    }

    private static @Nullable Object json(String segment) {
        return Json.decodeValue(new String(BASE64.decode(segment), StandardCharsets.UTF_8));
    }

    /** Leaves everything out: it would be a token again. */
    @Override
    public String toString() {
        return "SignedToken[" + algorithm + "]";
    }
}
