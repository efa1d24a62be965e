package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.ReceivedTrack;
import dev.foyer.room.Holdings.Producer;
import dev.foyer.room.Holdings.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the SFU that are negotiated by SDP: asks the media session for them and keeps book of them and of
 * what comes in on them. Belongs to the room's loop; its stages complete there, or fail with {@link RoomException}.
 */
final class Connections {
    private final Seats seats;
    private final SfuSession session;
    private final Holdings holdings;
    private final RoomMedia media;

    Connections(Seats seats, SfuSession session, Holdings holdings, RoomMedia media) {
        this.seats = seats;
        this.session = session;
        this.holdings = holdings;
        this.media = media;
    }

    /** @param streamId msid of what is sent on it */
    CompletionStage<Transport> create(Participant owner, String streamId) {
        return session.ask(media -> media.createConnection(streamId)).handle((id, failure) -> {
            MediaRefusals.refuseOn(failure);
            if (!seats.holds(owner)) {
                session.tell(media -> media.closeTransport(id));
                throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
            }
            Transport connection = new Transport(id, owner, null);
            holdings.add(connection);
            return connection;
        });
    }

    CompletionStage<NegotiatedConnection> answer(Transport connection, String offer, ConnectionPlan plan) {
        return ask(media -> media.answer(connection.id, offer, plan));
    }

    CompletionStage<NegotiatedConnection> offer(Transport connection, ConnectionPlan plan) {
        return ask(media -> media.offer(connection.id, plan));
    }

    CompletionStage<NegotiatedConnection> accept(Transport connection, String answer) {
        return ask(media -> media.accept(connection.id, answer));
    }

    CompletionStage<NegotiatedConnection> apply(Transport connection, ConnectionPlan plan) {
        return ask(media -> media.apply(connection.id, plan));
    }

    void rollback(Transport connection) {
        if (isOpen(connection)) {
            session.tell(media -> media.rollback(connection.id));
        }
    }

    /** Closes a connection, unless it is closed, with what came in on it. */
    void close(@Nullable Transport connection) {
        if (connection != null && isOpen(connection)) {
            media.close(connection);
        }
    }

    boolean isOpen(Transport connection) {
        return holdings.findTransport(connection.id) == connection;
    }

    /** What comes in on a connection now becomes the producers of its owner, and the others are told what changed. */
    void take(Transport connection, List<ReceivedTrack> received) {
        if (!isOpen(connection)) {
            return;
        }
        Set<String> now = new HashSet<>();
        received.forEach(track -> now.add(track.producerId()));
        for (Producer producer : holdings.producers(producer -> producer.transport == connection)) {
            if (!now.contains(producer.id)) {
                media.forget(producer);
            }
        }
        for (ReceivedTrack track : received) {
            if (holdings.findProducer(track.producerId()) == null) {
                Participant owner = connection.owner;
                Map<String, @Nullable Object> appData =
                        Map.of("source", track.kind() == MediaKind.AUDIO ? "microphone" : "camera");
                Producer producer = new Producer(track.producerId(), owner, connection, track.kind(), appData, false);
                media.add(producer);
            }
        }
    }

    private <T> CompletionStage<T> ask(Function<MediaSession, CompletionStage<T>> request) {
        return MediaRefusals.ask(session, request);
    }
}
