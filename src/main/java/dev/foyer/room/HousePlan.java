package dev.foyer.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a room is part of a house: a lobby with named rooms around it. The lobby is a room like any other, and the named
 * rooms are rooms of their own whose ids are the lobby's, a slash and their name; what holds them together is only that
 * the lobby was made with their names. So each may live on its own loop, or node.
 *
 * @param lobby the id of the lobby, or null when this room is it
 * @param rooms the names of the rooms around the lobby
 */
public record HousePlan(@Nullable String lobby, List<String> rooms) {
    /** The lobby's own name among the rooms of its house. */
    public static final String LOBBY = "lobby";

    /** Most characters of a room's name. */
    public static final int MAX_NAME = 64;

    private static final char SLASH = '/';

    public HousePlan {
        rooms = List.copyOf(rooms);
    }

    /** Whether a room may have that name; it is part of an id, and only the lobby is the lobby. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_NAME && name.indexOf(SLASH) < 0 && !name.equals(LOBBY);
    }

    /** The id of the lobby around which a room with this id would be, or null for an id that no such room has. */
    static @Nullable String lobbyOf(String roomId) {
        int slash = roomId.lastIndexOf(SLASH);
        return slash > 0 ? roomId.substring(0, slash) : null;
    }

    /** The name in the id of a room around a lobby. */
    static String nameIn(String roomId) {
        return roomId.substring(roomId.lastIndexOf(SLASH) + 1);
    }

    /** The id of a room of the house. */
    static String roomId(String lobby, String name) {
        return name.equals(LOBBY) ? lobby : lobby + SLASH + name;
    }

    /** Whether it has a room of that name, the lobby included. */
    boolean has(String name) {
        return name.equals(LOBBY) || rooms.contains(name);
    }
}
