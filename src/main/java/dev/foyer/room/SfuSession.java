package dev.foyer.room;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A room's media session: opened when first needed, replaced when lost. Belongs to the room's loop, and brings everything
 * that the media plane says back to it.
 */
final class SfuSession {
    private final String roomId;
    private final MediaPlane plane;
    private final RoomTurns turns;
    private final MediaListener listener;
    private final Set<Question<?>> inFlight = new LinkedHashSet<>();

    private @Nullable CompletionStage<MediaSession> current;
    private int generation;
    private boolean closed;

    /**
     * @param listener called on the room's loop, and only about the session that is current
     */
    SfuSession(String roomId, MediaPlane plane, RoomTurns turns, MediaListener listener) {
        this.roomId = roomId;
        this.plane = plane;
        this.turns = turns;
        this.listener = listener;
    }

    /** Whether a session is open or being opened. */
    boolean isInUse() {
        return current != null;
    }

    /** Whether a session is open. */
    boolean isOpen() {
        CompletionStage<MediaSession> session = current;
        return session != null
                && session.toCompletableFuture().isDone()
                && !session.toCompletableFuture().isCompletedExceptionally();
    }

    /** The session, opened if there is none; completes on the room's loop. */
    CompletionStage<MediaSession> open() {
        CompletionStage<MediaSession> session = current;
        if (session != null) {
            return session;
        }
        if (closed) {
            return CompletableFuture.failedStage(gone());
        }
        CompletableFuture<MediaSession> opening = new CompletableFuture<>();
        current = opening;
        int mine = ++generation;
        plane.open(roomId, new Relay(mine))
                .whenComplete((opened, failure) -> turns.later(() -> {
                    if (closed || mine != generation) {
                        if (opened != null) {
                            opened.close();
                        }
                        opening.completeExceptionally(gone());
                    } else if (failure != null) {
                        current = null;
                        opening.completeExceptionally(unwrap(failure));
                    } else {
                        opening.complete(opened);
                    }
                }));
        return opening;
    }

    /**
     * Asks the session for something, opening it if need be.
     *
     * @return completes on the room's loop; fails with {@link MediaException} {@code CLOSED} at once when the session is
     *     lost
     */
    <T> CompletionStage<T> ask(Function<MediaSession, CompletionStage<T>> request) {
        Question<T> question = new Question<>();
        inFlight.add(question);
        open().whenComplete((session, failure) -> {
            if (failure != null) {
                finish(question, null, failure);
            } else {
                request.apply(session)
                        .whenComplete((value, refusal) -> turns.later(() -> finish(question, value, refusal)));
            }
        });
        return question.answer;
    }

    /** Tells the session something whose answer nobody waits for, unless there is no session. */
    void tell(Consumer<MediaSession> request) {
        CompletionStage<MediaSession> session = current;
        if (session != null) {
            session.thenAccept(request);
        }
    }

    void close() {
        closed = true;
        generation++;
        CompletionStage<MediaSession> session = current;
        current = null;
        if (session != null) {
            session.thenAccept(MediaSession::close);
        }
        failAll();
    }

    private <T> void finish(Question<T> question, @Nullable T value, @Nullable Throwable failure) {
        inFlight.remove(question);
        if (failure != null) {
            question.answer.completeExceptionally(unwrap(failure));
        } else {
            question.answer.complete(value);
        }
    }

    private void lost(String reason) {
        current = null;
        generation++;
        failAll();
        listener.sessionLost(reason);
    }

    private void failAll() {
        List<Question<?>> waiting = List.copyOf(inFlight);
        inFlight.clear();
        waiting.forEach(question -> question.answer.completeExceptionally(gone()));
    }

    private static MediaException gone() {
        return new MediaException(MediaError.CLOSED, "The media session is gone");
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** A request whose answer is not there yet. */
    private static final class Question<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
    }

    /** Passes on what one session says for as long as it is the current one. */
    private final class Relay implements MediaListener {
        private final int mine;

        private Relay(int mine) {
            this.mine = mine;
        }

        @Override
        public void transportState(String transportId, TransportState state) {
            relay(() -> listener.transportState(transportId, state));
        }

        @Override
        public void consumerClosed(String consumerId) {
            relay(() -> listener.consumerClosed(consumerId));
        }

        @Override
        public void producerClosed(String producerId) {
            relay(() -> listener.producerClosed(producerId));
        }

        @Override
        public void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {
            relay(() -> listener.layersChanged(consumerId, spatialLayer, temporalLayer));
        }

        @Override
        public void audioLevels(Map<String, Integer> levelsByProducer) {
            relay(() -> listener.audioLevels(levelsByProducer));
        }

        @Override
        public void sessionLost(String reason) {
            relay(() -> lost(reason));
        }

        private void relay(Runnable event) {
            turns.later(() -> {
                if (mine == generation) {
                    event.run();
                }
            });
        }
    }
}
