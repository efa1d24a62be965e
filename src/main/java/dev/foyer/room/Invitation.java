package dev.foyer.room;

/**
 * A way into a room that is joined by invitation only.
 *
 * @param secret shown by who joins; whoever knows it may come
 * @param uses how many users it lets in; each may come again
 * @param expiresAt until when it lets in who has not used it yet, milliseconds since 1970; 0 for as long as the room lasts
 */
public record Invitation(String secret, int uses, long expiresAt) {
    /** Keeps the secret out of log lines, which records of this type reach. */
    @Override
    public String toString() {
        return "Invitation[uses=" + uses + ", expiresAt=" + expiresAt + "]";
    }
}
