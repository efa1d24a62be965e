package dev.foyer.dialect.webrtc;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SignalReader.Description;
import dev.foyer.room.Peer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients are sent. Times are ISO 8601 in UTC; roles are {@code moderator}, {@code speaker} and {@code audience}. */
final class ServerMessages {
    private ServerMessages() {}

    /**
     * A seat was taken.
     *
     * @param participantCount how many are in the room, the receiver included
     * @param existingParticipants the others
     * @param metadata the first joiner's, with {@code callType}, {@code createdAt} and {@code createdBy}
     */
    @Event("webrtc:room-joined")
    record RoomJoined(
            String callRoomId,
            int participantCount,
            List<Participant> existingParticipants,
            Map<String, @Nullable Object> metadata) {}

    /** The receiver is out of the room. */
    @Event("webrtc:room-left")
    record RoomLeft(String callRoomId) {}

    /** Somebody is here. */
    @Event("webrtc:participant-joined")
    record ParticipantJoined(String callRoomId, Participant participant) {}

    /** Somebody is gone, for good or for now. */
    @Event("webrtc:participant-left")
    record ParticipantLeft(String callRoomId, Participant participant) {}

    /** Somebody in a room. */
    record Participant(String socketId, String userId, String role, String joinedAt) {
        static Participant of(Peer peer) {
            return new Participant(
                    peer.peerId(), peer.userId(), RoleWords.stage(peer.role()), time(peer.joinedAtMillis()));
        }
    }

    /** An offer: another client's, with whatever else that one wrote, or the server's in its place. */
    @Event("webrtc:offer")
    record Offer(
            String callRoomId,
            String fromSocketId,
            String fromUserId,
            Description offer,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex) {}

    /** An answer, as {@link Offer}. */
    @Event("webrtc:answer")
    record Answer(String callRoomId, String fromSocketId, String fromUserId, Description answer) {}

    /** Another client's candidate, as that one wrote it. */
    @Event("webrtc:ice-candidate")
    record IceCandidate(
            String callRoomId,
            String fromSocketId,
            String fromUserId,
            @Nullable Object candidate,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex) {}

    /**
     * A message was refused, or the receiver is out of a room without having asked for it.
     *
     * @param error the text that goes with the code
     * @param details what exactly is wrong; absent when there is no more to say
     * @param retryAfterMs with {@code RATE_LIMITED} only
     */
    @Event("webrtc:signaling-error")
    record SignalingError(
            String error,
            String code,
            @Nullable String details,
            String timestamp,
            @Nullable Object retryAfterMs) {}

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
