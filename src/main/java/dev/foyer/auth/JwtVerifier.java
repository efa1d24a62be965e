package dev.foyer.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Tokens (RFC 7519). Each key is for one algorithm, and a token is only checked with keys of the algorithm that it
 * says: one that is signed in any other way, or not at all, is refused whatever its header says.
 *
 * <p>The signature is the JDK's to check, the claims are checked against a clock that is given.
 */
final class JwtVerifier {
    private static final Verdict INVALID = new Verdict.Refused(Verdict.Reason.INVALID_TOKEN);
    private static final Verdict UNKNOWN_KEY = new Verdict.Refused(Verdict.Reason.UNKNOWN_KEY);

    private final AuthSettings settings;
    private final InstantSource clock;
    private final List<VerificationKey> secrets;
    private final @Nullable KeyRing publicKeys;

    /** Needs settings that check tokens; the keys of their JWK Set come from that ring. */
    JwtVerifier(AuthSettings settings, InstantSource clock, @Nullable KeyRing publicKeys) {
        this.settings = settings;
        this.clock = clock;
        this.publicKeys = publicKeys;
        this.secrets = settings.secret() == null
                ? List.of()
                : List.of(new VerificationKey(
                        null, SignatureAlgorithm.HS256, SignatureAlgorithm.secretKey(settings.secret())));
    }

    /** Checks a token. Never fails; completed at once unless keys have to be fetched. */
    CompletionStage<Verdict> verify(String text) {
        Optional<SignedToken> parsed = SignedToken.parse(text);
        if (parsed.isEmpty()) {
            return CompletableFuture.completedStage(INVALID);
        }
        SignedToken token = parsed.get();
        if (token.algorithm() == SignatureAlgorithm.HS256 || publicKeys == null) {
            return CompletableFuture.completedStage(judge(token, secrets));
        }
        return publicKeys.keysFor(token).thenApply(keys -> keys.isEmpty() ? UNKNOWN_KEY : judge(token, keys));
    }

    private Verdict judge(SignedToken token, List<VerificationKey> keys) {
        return keys.stream().anyMatch(key -> key.verifies(token))
                ? TokenClaims.judge(token.claims(), settings, clock.instant())
                : INVALID;
    }
}
