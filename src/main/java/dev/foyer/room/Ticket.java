package dev.foyer.room;

import org.jspecify.annotations.Nullable;

/**
 * What speaks for somebody who joins, beyond its word.
 *
 * @param proven whether a token says who it is
 * @param forThisRoom whether that token was made out for this very room
 * @param invitation the secret of an invitation that it shows, or null
 * @param house the house in which it has a seat, by the id of its lobby, and from where the server itself lets it over; or
 *     null
 */
public record Ticket(
        boolean proven,
        boolean forThisRoom,
        @Nullable String invitation,
        @Nullable String house) {
    /** Nothing does. */
    public static final Ticket NONE = new Ticket(false, false, null, null);

    /** Keeps the secret out of log lines, which records of this type reach. */
    @Override
    public String toString() {
        return "Ticket[proven=" + proven + ", forThisRoom=" + forThisRoom + "]";
    }
}
