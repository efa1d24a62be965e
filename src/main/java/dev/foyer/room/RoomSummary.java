package dev.foyer.room;

/**
 * A room as lists and statistics show it.
 *
 * @param room the room
 * @param participants seats taken
 * @param mode where its media runs
 * @param listed whether the public may see it
 * @param rules who may come in, and for how long
 * @param locked whether nobody new may come in
 * @param createdAtMillis milliseconds since 1970
 */
public record RoomSummary(
        RoomView room,
        int participants,
        TopologyMode mode,
        boolean listed,
        RoomRules rules,
        boolean locked,
        long createdAtMillis) {}
