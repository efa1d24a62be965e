package dev.foyer.room;

import java.util.List;

/**
 * A house as a guest sees it from one of its rooms.
 *
 * @param id the lobby's
 * @param room the name of the room in which the guest is
 * @param rooms all rooms, the lobby first, as far as this room has heard of them
 */
public record HouseView(String id, String room, List<HouseRoom> rooms) {
    public HouseView {
        rooms = List.copyOf(rooms);
    }
}
