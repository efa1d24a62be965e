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
 * @param house the house that the room is part of, where its type allows; or null
 */
public record RoomSpec(
        RoomType type,
        @Nullable Integer maxParticipants,
        boolean listed,
        boolean sfuOnly,
        boolean recordable,
        @Nullable Duration keptEmpty,
        Map<String, @Nullable Object> metadata,
        RoomRules rules,
        @Nullable HousePlan house) {
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
        this(type, maxParticipants, listed, sfuOnly, recordable, keptEmpty, metadata, RoomRules.open(), null);
    }

    /** The same with other rules. */
    public RoomSpec withRules(RoomRules other) {
        return new RoomSpec(type, maxParticipants, listed, sfuOnly, recordable, keptEmpty, metadata, other, house);
    }

    /** A room of a type with nothing special about it. */
    public static RoomSpec of(RoomType type) {
        return new RoomSpec(type, null, false, false, true, null, Map.of());
    }

    /** The same as part of another house, or of none. */
    public RoomSpec in(@Nullable HousePlan other) {
        return new RoomSpec(type, maxParticipants, listed, sfuOnly, recordable, keptEmpty, metadata, rules, other);
    }

    /** A room of that name around the lobby that was made so, or null when that one has no such room. */
    @Nullable
    RoomSpec around(String lobby, String name) {
        return house != null && house.lobby() == null && house.rooms().contains(name) ? around(lobby, house) : null;
    }

    /**
     * A room around this lobby: like it, but not listed by itself, gone when nobody is in it, and open to whoever was let
     * into the house.
     */
    RoomSpec around(String lobby, HousePlan plan) {
        return new RoomSpec(
                type,
                maxParticipants,
                false,
                sfuOnly,
                recordable,
                null,
                metadata,
                new RoomRules(false, rules.limits(), rules.endsAtMillis()),
                new HousePlan(lobby, plan.rooms()));
    }

    /** What of it a type allows: of too many rooms of a house the first ones. */
    RoomSpec within(RoomTypeSettings settings) {
        if (house == null || house.lobby() != null) {
            return this;
        }
        int rooms = Math.min(house.rooms().size(), settings.houseRooms());
        return in(rooms == 0 ? null : new HousePlan(null, house.rooms().subList(0, rooms)));
    }
}
