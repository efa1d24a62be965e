package dev.foyer.socketio;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that cannot be guessed. May be used from any thread. */
final class RandomIds {
    private static final int BYTES = 15;

    private final SecureRandom random;

    RandomIds(SecureRandom random) {
        this.random = random;
    }

    /** 120 random bits as 20 characters that need no escaping in a URL. */
    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
