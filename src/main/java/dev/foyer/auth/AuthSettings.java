package dev.foyer.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are checked, and what is left to those without one.
 *
 * @param secret the shared secret of HS256 tokens; null when there is none
 * @param jwks where the public keys of tokens signed with RS256, ES256 or EdDSA are, an {@code https:}, {@code http:} or
 *     {@code file:} URI; null when there are none
 * @param issuer what {@code iss} must be; null when it does not matter
 * @param audience what {@code aud} must contain; null when it does not matter
 * @param leeway by how much the clocks of issuer and server may differ: a token is good for so long before its
 *     {@code nbf} and after its {@code exp}
 * @param expiryWarning how long before its token ends a client is told
 * @param guests whether everybody without a token is a guest whose grants are those of its role
 * @param guestGrants what guests may do in each namespace when they are not let in anyway; a namespace that is not here,
 *     or has no grants, takes no guests
 */
public record AuthSettings(
        @Nullable String secret,
        @Nullable URI jwks,
        @Nullable String issuer,
        @Nullable String audience,
        Duration leeway,
        Duration expiryWarning,
        boolean guests,
        Map<String, Set<Grant>> guestGrants) {
    /** What {@link #leeway} is unless it is said. */
    public static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(5);

    /** What {@link #expiryWarning} is unless it is said. */
    public static final Duration DEFAULT_EXPIRY_WARNING = Duration.ofMinutes(1);

    public AuthSettings {
        guestGrants = Map.copyOf(guestGrants);
    }

    /** Tokens by shared secret only, with defaults for the rest. */
    public AuthSettings(@Nullable String secret, @Nullable String issuer, @Nullable String audience, boolean guests) {
        this(secret, null, issuer, audience, Duration.ZERO, DEFAULT_EXPIRY_WARNING, guests, Map.of());
    }

    /** No secret, and everybody without a token is a guest: only for a server that listens on loopback. */
    public static AuthSettings development() {
        return new AuthSettings(null, null, null, true);
    }

    /** Whether there is a way to check a token. */
    public boolean checksTokens() {
        return secret != null || jwks != null;
    }

    /** Leaves out the secret and the address. */
    @Override
    public String toString() {
        return "AuthSettings[secret=%s, jwks=%s, guests=%s, guestGrants=%s]"
                .formatted(secret == null ? "none" : "set", jwks == null ? "none" : "set", guests, guestGrants);
    }
}
