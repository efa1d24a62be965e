package dev.foyer.protocol.ice;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * User name fragment and password of one end (RFC 8445 section 5.3).
 *
 * @param usernameFragment 4 to 256 ice-chars (ASCII letters, digits, {@code +}, {@code /})
 * @param password 22 to 256 ice-chars; a secret
 */
public record IceCredentials(String usernameFragment, String password) {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int USERNAME_FRAGMENT_LENGTH = 16;
    private static final int PASSWORD_LENGTH = 32;

    public IceCredentials {
        check(usernameFragment, 4);
        check(password, 22);
    }

    /**
     * Draws new ones: 82 bits of user name fragment, so that one never names two transports, and 165 of password.
     *
     * @param random must be cryptographically strong
     */
    public static IceCredentials draw(RandomGenerator random) {
        return new IceCredentials(letters(random, USERNAME_FRAGMENT_LENGTH), letters(random, PASSWORD_LENGTH));
    }

    /** The key of MESSAGE-INTEGRITY with short-term credentials (RFC 8489 section 9.1.1). */
    byte[] integrityKey() {
        return password.getBytes(StandardCharsets.US_ASCII);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "IceCredentials[" + usernameFragment + "]";
    }

    private static String letters(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static void check(String text, int minLength) {
        if (text.length() < minLength || text.length() > 256 || !text.chars().allMatch(IceCredentials::isIceChar)) {
            throw new IllegalArgumentException("not " + minLength + " to 256 ice-chars");
        }
    }

    private static boolean isIceChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
