package dev.foyer.auth;

import org.jspecify.annotations.Nullable;

/**
 * How tokens are checked.
 *
 * @param secret the shared secret of HS256 tokens; null when there is none
 * @param issuer what {@code iss} must be; null when it does not matter
 * @param audience what {@code aud} must contain; null when it does not matter
 * @param guests whether a connection without a token is a guest rather than refused
 */
public record AuthSettings(
        @Nullable String secret,
        @Nullable String issuer,
        @Nullable String audience,
        boolean guests) {

    /** No secret, and everybody without a token is a guest: only for a server that listens on loopback. */
    public static AuthSettings development() {
        return new AuthSettings(null, null, null, true);
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "AuthSettings[secret=" + (secret == null ? "none" : "set") + ", guests=" + guests + "]";
    }
}
