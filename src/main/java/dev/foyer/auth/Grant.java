package dev.foyer.auth;

import java.util.Locale;
import java.util.Optional;

/** What a token may allow its bearer. In a token's {@code grants} claim each is written in lower case. */
public enum Grant {
    /** Sending media. */
    PUBLISH,
    /** Receiving media. */
    SUBSCRIBE,
    /** Muting, removing and banning others, and locking the room. */
    MODERATE,
    /** Starting and stopping recordings. */
    RECORD,
    /** Opening rooms. */
    CREATE,
    /** The server's statistics and everything above in every room. */
    ADMIN;

    /** The grant that a claim's word names; empty for an unknown word. */
    public static Optional<Grant> of(String word) {
        for (Grant grant : values()) {
            if (grant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(grant);
            }
        }
        return Optional.empty();
    }
}
