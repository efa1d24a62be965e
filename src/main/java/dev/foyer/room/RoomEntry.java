package dev.foyer.room;

import org.jspecify.annotations.Nullable;

/**
 * A room as the {@link RoomDirectory} knows it: what must outlive a node.
 *
 * @param roomId the room
 * @param owner the node that runs it
 * @param spec what it was made with
 * @param createdBy the user whose join made it, or null when it was made without one
 * @param createdAtMillis milliseconds since 1970
 */
public record RoomEntry(
        String roomId,
        String owner,
        RoomSpec spec,
        @Nullable String createdBy,
        long createdAtMillis) {}
