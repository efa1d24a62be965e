package dev.foyer.room;

/** How the parts of a room come back to its loop. */
@FunctionalInterface
interface RoomTurns {
    /**
     * Runs a task on the room's loop as a turn of its own: what it tells is sent when it ends, and the topology and the
     * timers are looked at. Runs even when the room is closed by then. Callable from any thread.
     */
    void later(Runnable task);
}
