package dev.foyer.room;

/**
 * A room as lists and statistics show it.
 *
 * @param room the room
 * @param participants seats taken
 * @param mode where its media runs
 * @param listed whether the public may see it
 * @param createdAtMillis milliseconds since 1970
 */
public record RoomSummary(RoomView room, int participants, TopologyMode mode, boolean listed, long createdAtMillis) {}
