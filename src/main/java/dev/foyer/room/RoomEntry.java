package dev.foyer.room;

/**
 * A room as the {@link RoomDirectory} knows it: what must outlive a node.
 *
 * @param roomId the room
 * @param owner the node that runs it
 * @param spec what it was made with
 * @param createdAtMillis milliseconds since 1970
 */
public record RoomEntry(String roomId, String owner, RoomSpec spec, long createdAtMillis) {}
