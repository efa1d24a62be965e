package dev.foyer.dialect.mediasoup;

import dev.foyer.dialect.Event;
import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.TransportParameters;
import org.jspecify.annotations.Nullable;

/** What clients are sent: what came of their messages, and what the others do. All of it names the room. */
final class ServerMessages {
    private ServerMessages() {}

    /** The room exists, since now or since before. Who only makes it does not learn who is in it. */
    @Event("mediasoup:room-created")
    record RoomCreated(String roomId, RoomState room) {}

    /** A seat was taken. */
    @Event("mediasoup:room-joined")
    record RoomJoined(String roomId, RoomState room) {}

    /** What is in the room. */
    @Event("mediasoup:room-info")
    record RoomDescribed(String roomId, RoomState room) {}

    /**
     * The receiver is out of the room.
     *
     * @param reason why, when it did not ask for it: a room's reason to close, or the code of its removal
     */
    @Event("mediasoup:room-left")
    record RoomLeft(String roomId, @Nullable String reason) {}

    /** Somebody else took a seat, or is back after its connection was lost. */
    @Event("mediasoup:participant-joined")
    record ParticipantJoined(String roomId, ParticipantState participant) {}

    /** Somebody else is gone, for good or for now; with it go its producers, and the receiver's consumers of them. */
    @Event("mediasoup:participant-left")
    record ParticipantLeft(String roomId, String participantId) {}

    /**
     * A transport waits to be connected.
     *
     * @param direction as asked for
     * @param transport for mediasoup-client's {@code createSendTransport} or {@code createRecvTransport}
     */
    @Event("mediasoup:transport-created")
    record TransportCreated(String roomId, String direction, TransportParameters transport) {}

    /** A transport knows the client's certificate. */
    @Event("mediasoup:transport-connected")
    record TransportConnected(String roomId, String transportId) {}

    /** The receiver publishes. */
    @Event("mediasoup:producer-created")
    record ProducerCreated(String roomId, ProducerState producer) {}

    /** Somebody else publishes. */
    @Event("mediasoup:new-producer")
    record NewProducer(String roomId, ProducerState producer) {}

    /** A producer ended: the receiver's, as it asked, or somebody else's. */
    @Event("mediasoup:producer-closed")
    record ProducerClosed(String roomId, String producerId) {}

    /** The receiver subscribed; nothing flows until it resumes the consumer. */
    @Event("mediasoup:consumer-created")
    record ConsumerCreated(String roomId, ConsumerParameters consumer) {}

    /**
     * A consumer ended.
     *
     * @param producerId the producer that is the cause; null when the receiver asked for it
     */
    @Event("mediasoup:consumer-closed")
    record ConsumerClosed(
            String roomId, String consumerId, @Nullable String producerId) {}

    /**
     * A consumer gets media.
     *
     * @param producerId the producer that sends again; null when the receiver resumed the consumer
     */
    @Event("mediasoup:consumer-resumed")
    record ConsumerResumed(
            String roomId, String consumerId, @Nullable String producerId) {}

    /**
     * A consumer gets nothing for a while.
     *
     * @param producerId the producer that is paused; null when the receiver paused the consumer
     */
    @Event("mediasoup:consumer-paused")
    record ConsumerPaused(
            String roomId, String consumerId, @Nullable String producerId) {}
}
