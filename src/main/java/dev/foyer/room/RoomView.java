package dev.foyer.room;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room as its participants see it.
 *
 * @param id the same in every dialect
 * @param type what it is for
 * @param metadata as the first to create it said
 * @param maxParticipants seats
 * @param recordable whether the room may be recorded
 * @param keptEmpty as in {@link RoomSpec}
 * @param createdBy the user whose join made the room, or null when it was made without one
 * @param createdAtMillis milliseconds since 1970
 */
public record RoomView(
        String id,
        RoomType type,
        Map<String, @Nullable Object> metadata,
        int maxParticipants,
        boolean recordable,
        @Nullable Duration keptEmpty,
        @Nullable String createdBy,
        long createdAtMillis) {
    static RoomView of(RoomEntry entry, RoomTypeSettings settings) {
        RoomSpec spec = entry.spec();
        Integer asked = spec.maxParticipants();
        return new RoomView(
                entry.roomId(),
                spec.type(),
                spec.metadata(),
                asked == null ? settings.usualParticipants() : Math.min(asked, settings.maxParticipants()),
                spec.recordable(),
                spec.keptEmpty(),
                entry.createdBy(),
                entry.createdAtMillis());
    }
}
