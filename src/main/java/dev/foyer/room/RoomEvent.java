package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a room tells one of its participants. */
public sealed interface RoomEvent {
    /**
     * Somebody is here, for the first time or again.
     *
     * @param polite whether the receiver is the polite side of perfect negotiation towards it
     */
    record PeerJoined(Peer peer, boolean polite) implements RoomEvent {}

    /** Somebody is gone, for good or for now. Its producers were closed before, and their consumers. */
    record PeerLeft(Peer peer) implements RoomEvent {}

    /** Somebody changed what the others see of it. */
    record PeerUpdated(Peer peer) implements RoomEvent {}

    /** Somebody shows its screen, or no longer; {@code mediaState.screenShare} of {@code peer} says so, too. */
    record ScreenShared(Peer peer, boolean sharing) implements RoomEvent {}

    /**
     * Media is to run another way: build it beside the old.
     *
     * @param rtpCapabilities what the SFU can receive; null towards a mesh
     * @param iceServers STUN and TURN servers for the receiver
     */
    record ModeChanged(Topology topology, @Nullable RtpCapabilities rtpCapabilities, List<IceServer> iceServers)
            implements RoomEvent {}

    /** The new way holds; the old one is to be closed. */
    record ModeCommitted(long epoch) implements RoomEvent {}

    /** Mesh signaling from another participant. */
    record Signaled(String from, long epoch, Map<String, @Nullable Object> payload) implements RoomEvent {}

    /** A plain client, or the server in its place, sets up a connection. */
    record Negotiated(Peer from, PeerSignal signal) implements RoomEvent {}

    /** Somebody publishes something. */
    record NewProducer(AnnouncedProducer producer) implements RoomEvent {}

    /** A producer sends nothing for a while. */
    record ProducerPaused(String producerId, String peerId) implements RoomEvent {}

    /** A producer sends again. */
    record ProducerResumed(String producerId, String peerId) implements RoomEvent {}

    /** A producer ended. */
    record ProducerClosed(String producerId, String peerId) implements RoomEvent {}

    /** A consumer of the receiver's gets nothing because its producer is paused. */
    record ConsumerPaused(String consumerId, String producerId) implements RoomEvent {}

    /** A consumer's producer sends again. */
    record ConsumerResumed(String consumerId, String producerId) implements RoomEvent {}

    /** A consumer of the receiver's ended because its producer did, or its transport. */
    record ConsumerClosed(String consumerId, String producerId) implements RoomEvent {}

    /** A consumer of the receiver's gets other layers; negative when none. */
    record LayersChanged(String consumerId, int spatialLayer, int temporalLayer) implements RoomEvent {}

    /** Who speaks now, or spoke last. */
    record ActiveSpeaker(String peerId) implements RoomEvent {}

    /** How loud those are who were heard just now, loudest first. */
    record AudioLevels(List<PeerLevel> levels) implements RoomEvent {
        public AudioLevels {
            levels = List.copyOf(levels);
        }
    }

    /**
     * Somebody said something.
     *
     * @param at milliseconds since 1970
     */
    record ChatMessage(String peerId, String userId, String text, long at) implements RoomEvent {}

    /** Somebody asks for attention, or no longer. */
    record HandRaised(String peerId, String userId, boolean raised) implements RoomEvent {}

    /** A cinema shows something else, or elsewhere. */
    record PlaybackChanged(Playback playback) implements RoomEvent {}

    /**
     * Somebody's media of a kind is stopped by the server, or no longer.
     *
     * @param by the peer id of who did it, or null for the server itself
     */
    record PeerMuted(
            String peerId,
            String userId,
            MediaKind kind,
            boolean muted,
            @Nullable String by) implements RoomEvent {}

    /**
     * Somebody is something else now.
     *
     * @param peer as it is now
     * @param by the peer id of who did it, or null for the server itself
     */
    record RoleChanged(Peer peer, @Nullable String by) implements RoomEvent {}

    /** The room is closed to everybody who was not in it yet, or open again. */
    record RoomUpdated(boolean locked) implements RoomEvent {}

    /** Somebody waits to be let in; for who may moderate. */
    record LobbyEntered(String userId, @Nullable String displayName) implements RoomEvent {}

    /** Somebody waits no longer; for who may moderate. */
    record LobbyLeft(String userId) implements RoomEvent {}

    /** The receiver, who has no seat, may join now. */
    record Admitted(String roomId) implements RoomEvent {}

    /** The receiver, who has no seat, waits in vain. */
    record Denied(String roomId) implements RoomEvent {}

    /**
     * A host asks the receiver on stage.
     *
     * @param peerId the host
     * @param userId the host's user
     * @param expiresAt until when it may be accepted, milliseconds since 1970
     */
    record StageInvitation(String peerId, String userId, long expiresAt) implements RoomEvent {}

    /** Somebody does not want to come on stage, to which the receiver had asked it. */
    record StageDeclined(String peerId, String userId) implements RoomEvent {}

    /** Who is in these rooms of the house, the receiver's own perhaps among them. */
    record HouseChanged(List<HouseRoom> rooms) implements RoomEvent {
        public HouseChanged {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * The receiver is out of the room without having asked for it.
     *
     * @param reason what a moderator has to say about it, or null
     */
    record Removed(RoomErrorCode code, @Nullable String reason) implements RoomEvent {
        /** Without a reason of anybody's own. */
        public Removed(RoomErrorCode code) {
            this(code, null);
        }
    }

    /** The room is gone. */
    record RoomClosed(String reason) implements RoomEvent {}

    /**
     * The receiver is to connect elsewhere.
     *
     * @param url where, or null for the address that it knows
     */
    record Moved(@Nullable String url) implements RoomEvent {}
}
