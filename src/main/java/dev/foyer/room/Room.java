package dev.foyer.room;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One room. */
final class Room {
    Room(
            RoomEntry entry,
            RoomLoop loop,
            RoomSurroundings surroundings,
            IntConsumer participants,
            Function<Room, CompletionStage<Void>> ended) {}

    void start() {}

    <R extends RoomReply> void submit(
            String participantId, RoomCommand<R> command, CompletableFuture<R> reply, Runnable ifClosed) {
        reply.completeExceptionally(new RoomException(RoomErrorCode.INTERNAL));
    }

    void describe(CompletableFuture<RoomReply.Created> reply, Runnable ifClosed) {
        reply.completeExceptionally(new RoomException(RoomErrorCode.INTERNAL));
    }

    void close(String reason) {}

    CompletableFuture<Void> gone() {
        return CompletableFuture.completedFuture(null);
    }

    void announceMove(@Nullable String url) {}

    RoomSummary summary() {
        throw new IllegalStateException();
    }
}
