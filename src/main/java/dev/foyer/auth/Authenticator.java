package dev.foyer.auth;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is let in: the one place where tokens are looked at, for sockets and HTTP alike.
 *
 * <p>Safe for use from any thread. Answers are completed at once, except when the keys of an issuer have to be fetched
 * first: then on another thread.
 */
public final class Authenticator {
    private static final Verdict NO_TOKEN = new Verdict.Refused(Verdict.Reason.NO_TOKEN);
    private static final Verdict GUEST = new Verdict.Admitted(Identity.guest());
    private static final String BEARER = "bearer ";

    private final AuthSettings settings;
    private final @Nullable JwtVerifier verifier;
    private final @Nullable KeyRing publicKeys;

    /**
     * Checks tokens as the settings say.
     *
     * @param clock tells when a token has expired
     */
    public Authenticator(AuthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.publicKeys = settings.jwks() == null ? null : new KeyRing(new JwksSource(settings.jwks()), clock);
        this.verifier = settings.checksTokens() ? new JwtVerifier(settings, clock, publicKeys) : null;
    }

    /**
     * Fetches the keys of the issuer, so that the first client need not wait for them.
     *
     * @return fails with a {@link KeySetException} when they cannot be had; later tokens try again
     */
    public CompletionStage<Void> prepare() {
        return publicKeys == null ? CompletableFuture.completedStage(null) : publicKeys.prepare();
    }

    /**
     * Lets a request in or not, one without a token only where everybody is a guest.
     *
     * <p>Without a way to check tokens, whoever shows one is a guest like everybody else: a client configured for
     * production can then be tried against a development server.
     *
     * @param token as the client showed it, null or blank when it showed none
     * @return never fails
     */
    public CompletionStage<Verdict> admit(@Nullable String token) {
        return admit(token, Set.of());
    }

    /**
     * Lets a socket in or not.
     *
     * @param token as for {@link #admit(String)}
     * @param namespace whose guests may have grants
     * @return never fails
     */
    public CompletionStage<Verdict> admit(@Nullable String token, String namespace) {
        return admit(token, settings.guestGrants().getOrDefault(namespace, Set.of()));
    }

    private CompletionStage<Verdict> admit(@Nullable String token, Set<Grant> guestGrants) {
        if (token != null && !token.isBlank() && verifier != null) {
            return verifier.verify(token);
        }
        if (settings.guests()) {
            return CompletableFuture.completedStage(GUEST);
        }
        return CompletableFuture.completedStage(
                guestGrants.isEmpty() ? NO_TOKEN : new Verdict.Admitted(Identity.guest(guestGrants)));
    }

    /** The token of an {@code Authorization: Bearer} header, null when the header is absent or says something else. */
    public static @Nullable String bearerToken(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = authorization.substring(BEARER.length()).strip();
        return token.isEmpty() ? null : token;
    }
}
