package dev.foyer.room;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings of all rooms of a server.
 *
 * @param types one entry a room type
 * @param silence how long a lost transport is kept from the others
 * @param recoveryWindow how long a participant whose transport is lost keeps its seat
 * @param unusedTimeout how long a room that was created waits for its first participant
 * @param limits how much rooms and their participants may hold
 */
public record RoomSettings(
        Map<RoomType, RoomTypeSettings> types,
        Duration silence,
        Duration recoveryWindow,
        Duration unusedTimeout,
        RoomLimits limits) {
    public RoomSettings {
        types = Map.copyOf(types);
        for (RoomType type : RoomType.values()) {
            if (!types.containsKey(type)) {
                throw new IllegalArgumentException("no settings for room type " + type);
            }
        }
    }

    /** The documented defaults. */
    public static RoomSettings defaults() {
        Map<RoomType, RoomTypeSettings> types = new EnumMap<>(RoomType.class);
        for (RoomType type : RoomType.values()) {
            types.put(type, RoomTypeSettings.defaults(type));
        }
        return new RoomSettings(
                types, Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(1), RoomLimits.defaults());
    }

    /** The settings of one type. */
    public RoomTypeSettings type(RoomType type) {
        RoomTypeSettings settings = types.get(type);
        if (settings == null) {
            throw new IllegalStateException("no settings for room type " + type);
        }
        return settings;
    }
}
