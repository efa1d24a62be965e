package dev.foyer.auth;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is let in: the one place where tokens are looked at, for sockets and HTTP alike.
 *
 * <p>Safe for use from any thread.
 */
public final class Authenticator {
    private static final Verdict NO_TOKEN = new Verdict.Refused(Verdict.Reason.NO_TOKEN);
    private static final Verdict INVALID_TOKEN = new Verdict.Refused(Verdict.Reason.INVALID_TOKEN);
    private static final Verdict GUEST = new Verdict.Admitted(Identity.guest());
    private static final String BEARER = "bearer ";

    private final AuthSettings settings;
    private final @Nullable TokenVerifier verifier;

    /**
     * Checks tokens as the settings say.
     *
     * @param clock tells when a token has expired
     */
    public Authenticator(AuthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.verifier = settings.secret() == null ? null : new JwtVerifier(settings, clock);
    }

    /**
     * Lets a connection in or not.
     *
     * <p>Without a way to check tokens, whoever shows one is a guest like everybody else: a client configured for
     * production can then be tried against a development server.
     *
     * @param token as the client showed it, null or blank when it showed none
     */
    public CompletionStage<Verdict> admit(@Nullable String token) {
        if (token != null && !token.isBlank() && verifier != null) {
            return verifier.verify(token)
                    .thenApply(identity ->
                            identity.<Verdict>map(Verdict.Admitted::new).orElse(INVALID_TOKEN));
        }
        return CompletableFuture.completedStage(settings.guests() ? GUEST : NO_TOKEN);
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
