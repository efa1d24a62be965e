package dev.foyer.auth;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where the public keys of an issuer come from. */
@FunctionalInterface
interface KeySource {
    /**
     * Fetches them, without holding up the caller.
     *
     * @return completed on any thread; fails with a {@link KeySetException}
     */
    CompletionStage<List<VerificationKey>> fetch();
}
