package dev.foyer.room;

import org.jspecify.annotations.Nullable;

/**
 * Who may come into a room, and for how long.
 *
 * @param lobby whether newcomers who may not moderate wait until a moderator lets them in
 * @param limits how many of each role there may be
 * @param endsAtMillis when the room is closed whoever is in it, milliseconds since 1970; null for never
 */
public record RoomRules(
        boolean lobby, RoleLimits limits, @Nullable Long endsAtMillis) {
    private static final RoomRules OPEN = new RoomRules(false, RoleLimits.none(), null);

    /** Everybody may come in at any time. */
    public static RoomRules open() {
        return OPEN;
    }
}
