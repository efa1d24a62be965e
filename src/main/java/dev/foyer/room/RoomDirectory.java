package dev.foyer.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which rooms there are and which node runs each. Safe for use from any thread; stages complete on any thread, or at
 * once.
 */
public interface RoomDirectory {
    /**
     * Makes a room known unless it is.
     *
     * @return the entry that holds now: the proposed one, or that of whoever came first
     */
    CompletionStage<RoomEntry> claim(RoomEntry proposed);

    /** The entry of a room. */
    CompletionStage<Optional<RoomEntry>> find(String roomId);

    /** Forgets a room if that very entry is still the one that holds. */
    CompletionStage<Void> release(RoomEntry entry);

    /** All rooms, in no order. */
    CompletionStage<List<RoomEntry>> list();
}
