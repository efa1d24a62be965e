package dev.foyer.room;

import java.util.Locale;

/**
 * Why a participant's stay is over.
 *
 * @param word for log lines
 */
record Departure(String word) {
    /** It said so, or disconnected. */
    static final Departure LEFT = new Departure("left");

    /** Its connection was lost and did not come back in time. */
    static final Departure CONNECTION_LOST = new Departure("connection-lost");

    /** Its user sat down afresh. */
    static final Departure REPLACED = new Departure("replaced");

    static final Departure ROOM_CLOSED = new Departure("room-closed");

    /** It was made to leave. */
    static Departure removed(RoomErrorCode why) {
        return new Departure(why.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
