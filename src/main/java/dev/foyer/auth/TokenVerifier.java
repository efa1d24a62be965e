package dev.foyer.auth;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Turns a token into an identity. */
@FunctionalInterface
public interface TokenVerifier {
    /**
     * Checks a token.
     *
     * @return the identity, empty for a token that is not good; never fails
     */
    CompletionStage<Optional<Identity>> verify(String token);
}
