package dev.foyer.room;

import java.util.List;

/** What the rooms of a house tell each other. */
sealed interface HouseNote {
    /** A named room to its lobby: who is there. */
    record Occupancy(HouseRoom room) implements HouseNote {}

    /** A lobby to an occupied room: who is in these rooms of the house. */
    record Presence(List<HouseRoom> rooms) implements HouseNote {}

    /** A lobby that has just opened to rooms that there may be: who is there? */
    record Inquiry() implements HouseNote {}

    /** A lobby to its rooms: the house is closed. */
    record Closing() implements HouseNote {}
}
