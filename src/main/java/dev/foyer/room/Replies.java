package dev.foyer.room;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Brings what a command led to back to who gave it. */
final class Replies {
    private Replies() {}

    /**
     * Carries a command out and completes its reply, at once or when the outcome is there.
     *
     * @param carryOut answers with the reply that the command's type names; throws refusals and bugs, of which the latter
     *     are passed on to the caller, too
     */
    static <R extends RoomReply> void pass(
            CompletableFuture<R> reply, Supplier<CompletionStage<? extends RoomReply>> carryOut) {
        CompletionStage<? extends RoomReply> stage;
        try {
            stage = carryOut.get();
        } catch (RoomException refusal) {
            reply.completeExceptionally(refusal);
            return;
        } catch (RuntimeException bug) {
            reply.completeExceptionally(new RoomException(RoomErrorCode.INTERNAL));
            throw bug;
        }
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                reply.completeExceptionally(RoomException.of(failure));
            } else {
                @SuppressWarnings("unchecked") // Each command is carried out with the reply that its type names.
                R answer = (R) value;
                reply.complete(answer);
            }
        });
    }
}
