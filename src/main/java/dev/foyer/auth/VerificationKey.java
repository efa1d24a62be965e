package dev.foyer.auth;

import java.security.Key;
import org.jspecify.annotations.Nullable;

/**
 * A key and the one algorithm that it is for.
 *
 * @param id the key's {@code kid}; null when it has none
 */
record VerificationKey(@Nullable String id, SignatureAlgorithm algorithm, Key key) {
    /** Whether a token may be signed with it: the algorithm is the key's to say, not the token's. */
    boolean fits(SignedToken token) {
        return algorithm == token.algorithm()
                && (token.keyId() == null || id == null || token.keyId().equals(id));
    }

    boolean verifies(SignedToken token) {
        return fits(token) && token.isSignedWith(key);
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "VerificationKey[" + algorithm + "]";
    }
}
