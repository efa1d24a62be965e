package dev.foyer.dialect.mediasoup;

import dev.foyer.dialect.Client;
import dev.foyer.dialect.Messages;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.Request;
import dev.foyer.room.Dialect;
import dev.foyer.room.RoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * The {@code mediasoup} dialect.
 *
 * <p>Its clients know only the SFU, so a room with one of them is never a mesh, and where its media runs is no news to them.
 * A client that is out of a room without having asked for it, because it was removed or the room was closed, is told
 * {@code mediasoup:room-left} like one that asked, with a reason: what it has to do is the same. Nothing else that its
 * vocabulary has no word for is told: pauses of producers it hears as those of its consumers.
 */
public final class MediasoupDialect implements Protocol {
    /** The dialect. */
    public static final Protocol PROTOCOL = new MediasoupDialect();

    private MediasoupDialect() {}

    @Override
    public Dialect dialect() {
        return Dialect.MEDIASOUP;
    }

    @Override
    public boolean severalRooms() {
        return true;
    }

    @Override
    public @Nullable Request request(String event) {
        return MediasoupRequests.find(event);
    }

    @Override
    public void write(Client client, String roomId, RoomEvent event) {
        Record message = message(roomId, event);
        if (message != null) {
            Messages.emit(client.socket(), message);
        }
    }

    private static @Nullable Record message(String roomId, RoomEvent event) {
        return switch (event) {
            case RoomEvent.PeerJoined e -> new ServerMessages.ParticipantJoined(roomId, ParticipantState.of(e.peer()));
            case RoomEvent.PeerLeft e ->
                new ServerMessages.ParticipantLeft(roomId, e.peer().userId());
            case RoomEvent.NewProducer e -> new ServerMessages.NewProducer(roomId, ProducerState.of(e.producer()));
            case RoomEvent.ProducerClosed e -> new ServerMessages.ProducerClosed(roomId, e.producerId());
            case RoomEvent.ConsumerClosed e ->
                new ServerMessages.ConsumerClosed(roomId, e.consumerId(), e.producerId());
            case RoomEvent.ConsumerPaused e ->
                new ServerMessages.ConsumerPaused(roomId, e.consumerId(), e.producerId());
            case RoomEvent.ConsumerResumed e ->
                new ServerMessages.ConsumerResumed(roomId, e.consumerId(), e.producerId());
            case RoomEvent.Removed e ->
                new ServerMessages.RoomLeft(roomId, e.code().name());
            case RoomEvent.RoomClosed e -> new ServerMessages.RoomLeft(roomId, e.reason());
            case RoomEvent.ModeChanged _,
                    RoomEvent.ModeCommitted _,
                    RoomEvent.Signaled _,
                    RoomEvent.Negotiated _,
                    RoomEvent.PeerUpdated _,
                    RoomEvent.ScreenShared _,
                    RoomEvent.ProducerPaused _,
                    RoomEvent.ProducerResumed _,
                    RoomEvent.LayersChanged _,
                    RoomEvent.ActiveSpeaker _,
                    RoomEvent.AudioLevels _,
                    RoomEvent.ChatMessage _,
                    RoomEvent.HandRaised _,
                    RoomEvent.PlaybackChanged _,
                    RoomEvent.StageInvitation _,
                    RoomEvent.StageDeclined _,
                    RoomEvent.HouseChanged _,
                    RoomEvent.PeerMuted _,
                    RoomEvent.RoleChanged _,
                    RoomEvent.RoomUpdated _,
                    RoomEvent.LobbyEntered _,
                    RoomEvent.LobbyLeft _,
                    RoomEvent.Admitted _,
                    RoomEvent.Denied _,
                    RoomEvent.Moved _ -> null;
        };
    }
}
