package dev.foyer.room;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the first to create or join a room asks of it; later ones are ignored.
 *
 * @param type what the room is for
 * @param maxParticipants seats, 1 to the type's maximum (more is cut to it), or null for the type's own number
 * @param listed whether the room is listed publicly, where its type allows
 * @param sfuOnly whether the room never is a mesh
 * @param recordable whether the room may be recorded
 * @param keptEmpty how long the room is kept while nobody is in it, zero for until it is closed; null for a room that ends
 *     with the last who leaves
 * @param metadata shown to everybody in the room
 * @param rules who may come in, and for how long
 */
public record RoomSpec(
        RoomType type,
        @Nullable Integer maxParticipants,
        boolean listed,
        boolean sfuOnly,
        boolean recordable,
        @Nullable Duration keptEmpty,
        Map<String, @Nullable Object> metadata,
        RoomRules rules) {
    public RoomSpec {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A room that everybody may come into. */
    public RoomSpec(
            RoomType type,
            @Nullable Integer maxParticipants,
            boolean listed,
            boolean sfuOnly,
            boolean recordable,
            @Nullable Duration keptEmpty,
            Map<String, @Nullable Object> metadata) {
        this(type, maxParticipants, listed, sfuOnly, recordable, keptEmpty, metadata, RoomRules.open());
    }

    /** The same with other rules. */
    public RoomSpec withRules(RoomRules other) {
        return new RoomSpec(type, maxParticipants, listed, sfuOnly, recordable, keptEmpty, metadata, other);
    }

    /** A room of a type with nothing special about it. */
    public static RoomSpec of(RoomType type) {
        return new RoomSpec(type, null, false, false, true, null, Map.of());
    }
}
