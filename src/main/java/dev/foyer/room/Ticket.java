package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for somebody who joins, beyond its word.
 *
 * @param proven whether a token says who it is
 * @param forThisRoom whether that token was made out for this very room
 * @param invitation the secret of an invitation that it shows, or null
 * @param house the house in which it has a seat, by the id of its lobby, and from where the server itself lets it over; or
 *     null
 * @param muted what it may not send, as was decided in another room of that house
 */
public record Ticket(
        boolean proven,
        boolean forThisRoom,
        @Nullable String invitation,
        @Nullable String house,
        Set<MediaKind> muted) {
    /** Nothing does. */
    public static final Ticket NONE = new Ticket(false, false, null);

    public Ticket {
        muted = Set.copyOf(muted);
    }

    /** Of somebody who comes from outside. */
    public Ticket(boolean proven, boolean forThisRoom, @Nullable String invitation) {
        this(proven, forThisRoom, invitation, null, Set.of());
    }

    /** Of a guest of a house who goes from room to room. */
    static Ticket inside(String house, Set<MediaKind> muted) {
        return new Ticket(false, false, null, house, muted);
    }

    /** Keeps the secret out of log lines, which records of this type reach. */
    @Override
    public String toString() {
        return "Ticket[proven=" + proven + ", forThisRoom=" + forThisRoom + "]";
    }
}
