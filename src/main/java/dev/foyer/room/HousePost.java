package dev.foyer.room;

/** How the rooms of a house reach each other, wherever they live. */
@FunctionalInterface
interface HousePost {
    /**
     * Passes a note on, to be heard in a later turn of that room; what one room passes to another is heard in the same
     * order. Nothing happens where there is no such room.
     */
    void pass(String roomId, HouseNote note);
}
