package dev.foyer.dialect.signaling;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.RoleWords;
import dev.foyer.room.Peer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients are sent. Roles are {@code moderator}, {@code speaker} and {@code audience}. */
final class ServerMessages {
    private ServerMessages() {}

    /**
     * A seat was taken.
     *
     * @param participants whom the newcomer may offer to already
     */
    @Event("room-joined")
    record RoomJoined(String roomId, String userId, String role, boolean success, List<Participant> participants) {}

    /** Somebody in a room, in {@link RoomJoined}. */
    record Participant(String socketId, String userId, String role) {
        static Participant of(Peer peer) {
            return new Participant(peer.peerId(), peer.userId(), RoleWords.stage(peer.role()));
        }
    }

    /** A join was refused. */
    @Event("join-room-error")
    record JoinRoomError(
            String message, String code, @Nullable Object retryAfterMs) {}

    /** Somebody is here to whom the receiver may offer. */
    @Event("peer-joined")
    record PeerJoined(String peerId, String userId, String role) {
        static PeerJoined of(Peer peer) {
            return new PeerJoined(peer.peerId(), peer.userId(), RoleWords.stage(peer.role()));
        }
    }

    /** Somebody is gone, for good or for now. */
    @Event("peer-left")
    record PeerLeft(String peerId, String userId) {}

    /** An offer: another client's, with whatever else that one wrote, or the server's in its place. */
    @Event("offer")
    record Offer(String from, String sdp, String type) {}

    /** An answer, as {@link Offer}. */
    @Event("answer")
    record Answer(String from, String sdp, String type) {}

    /** Another client's candidate, as that one wrote it. */
    @Event("ice-candidate")
    record IceCandidate(
            String from,
            @Nullable Object candidate,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex) {}
}
