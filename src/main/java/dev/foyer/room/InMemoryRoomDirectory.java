package dev.foyer.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The directory of a single node; every stage it returns is complete already. */
public final class InMemoryRoomDirectory implements RoomDirectory {
    private final ConcurrentMap<String, RoomEntry> entries = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<RoomEntry> claim(RoomEntry proposed) {
        RoomEntry holder = entries.putIfAbsent(proposed.roomId(), proposed);
        return CompletableFuture.completedFuture(holder == null ? proposed : holder);
    }

    @Override
    public CompletionStage<Optional<RoomEntry>> find(String roomId) {
        return CompletableFuture.completedFuture(Optional.ofNullable(entries.get(roomId)));
    }

    @Override
    public CompletionStage<Void> release(RoomEntry entry) {
        entries.remove(entry.roomId(), entry);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<RoomEntry>> list() {
        return CompletableFuture.completedFuture(List.copyOf(entries.values()));
    }
}
