package dev.foyer.room;

/**
 * What the connections of plain clients are given of their room.
 *
 * @param touch something changed of which conclusions are to be drawn at the end of the turn
 */
record LinkContext(
        Seats seats, SignalPost post, Connections connections, SourcePlan sources, RoomLoop loop, Runnable touch) {}
