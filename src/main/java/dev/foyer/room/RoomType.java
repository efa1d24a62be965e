package dev.foyer.room;

import java.util.Locale;

/** What a room is for. What follows from it is in {@link RoomTypeSettings}. */
public enum RoomType {
    /** Many watch with few. */
    CINEMA,
    /** A house where people meet; the default. */
    MANSION,
    /** A handful, never listed. */
    PRIVATE;

    /** The type as it stands in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
