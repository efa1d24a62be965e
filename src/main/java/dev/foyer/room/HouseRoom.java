package dev.foyer.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one room of a house.
 *
 * @param name {@link HousePlan#LOBBY}, or the room's own
 * @param participants seats taken
 * @param guests those who are there, some of them when they are many
 */
public record HouseRoom(String name, int participants, List<Guest> guests) {
    public HouseRoom {
        guests = List.copyOf(guests);
    }

    /** A room with nobody in it. */
    static HouseRoom empty(String name) {
        return new HouseRoom(name, 0, List.of());
    }

    /**
     * Somebody in a house.
     *
     * @param peerId its participant id, which it keeps from room to room
     * @param userId who it is
     * @param displayName name to show, or null
     */
    public record Guest(
            String peerId, String userId, @Nullable String displayName) {}
}
