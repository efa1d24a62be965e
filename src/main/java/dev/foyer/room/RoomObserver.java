package dev.foyer.room;

/**
 * Hears of rooms and of who is in them, without being in any.
 *
 * <p>Called on the loop of the room concerned, a room's opening on the thread that makes it; for one room in the order
 * of what happened. Returns at once and does not throw.
 */
public interface RoomObserver {
    /** Nobody. */
    RoomObserver NONE = new RoomObserver() {};

    /** A room was made. */
    default void roomOpened(RoomView room) {}

    /** A room ended; everybody left it before. */
    default void roomClosed(RoomView room) {}

    /**
     * Somebody took a seat.
     *
     * @param dialect what it speaks
     */
    default void participantJoined(RoomView room, Peer peer, Dialect dialect) {}

    /**
     * Somebody's seat was given up. One whose connection is lost keeps it for a while.
     *
     * @param peer as it was last
     * @param dialect what it spoke
     */
    default void participantLeft(RoomView room, Peer peer, Dialect dialect) {}
}
