package dev.foyer.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Makes tokens that this server's own {@link Authenticator} believes. Safe for use from any thread. */
public final class TokenMint {
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final SecretKey key;
    private final @Nullable String issuer;
    private final @Nullable String audience;
    private final InstantSource clock;

    /**
     * Signs with the secret of the settings, and names their issuer and audience.
     *
     * @param clock tells from when a token is valid
     * @throws IllegalArgumentException when the settings have no secret
     */
    public TokenMint(AuthSettings settings, InstantSource clock) {
        if (settings.secret() == null) {
            throw new IllegalArgumentException("there is no secret to sign tokens with");
        }
        this.key = SignatureAlgorithm.secretKey(settings.secret());
        this.issuer = settings.issuer();
        this.audience = settings.audience();
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param identity whom it is to speak for, not a guest; its {@code expiresAt} is not looked at
     * @param validity how long from now, in whole seconds
     */
    public String mint(Identity identity, Duration validity) {
        if (identity.isGuest()) {
            throw new IllegalArgumentException("a token needs a user");
        }
        Instant now = clock.instant();
        JsonObject claims = new JsonObject().put("sub", identity.userId());
        putIfThere(claims, "name", identity.name());
        claims.put("room", identity.room() == null ? "*" : identity.room());
        putIfThere(claims, "role", identity.role());
        if (identity.grants() != null) {
            JsonArray words = new JsonArray();
            identity.grants().stream()
                    .sorted()
                    .map(grant -> grant.name().toLowerCase(Locale.ROOT))
                    .forEach(words::add);
            claims.put("grants", words);
        }
        putIfThere(claims, "iss", issuer);
        putIfThere(claims, "aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(validity).getEpochSecond());
        return signed(claims);
    }

    private String signed(JsonObject claims) {
        String input = encoded(HEADER.getBytes(StandardCharsets.UTF_8))
                + "."
                + encoded(claims.encode().getBytes(StandardCharsets.UTF_8));
        try {
            return input + "." + encoded(SignatureAlgorithm.sign(key, input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", impossible);
        }
    }

    private static void putIfThere(JsonObject claims, String name, @Nullable String value) {
        if (value != null) {
            claims.put(name, value);
        }
    }

    private static String encoded(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
