package dev.foyer.dialect.webrtc;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SignalReader;
import dev.foyer.dialect.SignalReader.Description;
import dev.foyer.room.ParticipantRole;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients send. Each record reads itself; bad messages are {@code INVALID_MESSAGE}. */
final class ClientMessages {
    /** Fields that are about the way of a signal and do not go on with it. The sender's are what it claims. */
    static final Set<String> ADDRESSING = Set.of("callRoomId", "targetSocketId", "fromSocketId", "fromUserId");

    private static final int MAX_ID = 256;
    private static final int MAX_METADATA = 16 * 1024;

    private ClientMessages() {}

    /**
     * Takes a seat in a room, beside those that the socket has elsewhere.
     *
     * @param callType what kind of call the room is for; the first to join settles it
     * @param metadata about the room; the first to join settles it
     * @param userId who the client says it is; its socket id when neither it nor its token says
     * @param role what it wants to be
     * @param invitation shown where one is needed, or null
     */
    @Event("webrtc:join-room")
    record JoinRoom(
            String callRoomId,
            @Nullable String callType,
            Map<String, @Nullable Object> metadata,
            @Nullable String userId,
            ParticipantRole role,
            @Nullable String invitation) {
        static JoinRoom read(Fields message) {
            return new JoinRoom(
                    roomId(message),
                    message.optionalText("callType", MAX_ID),
                    message.freeObjectOrEmpty("metadata", MAX_METADATA),
                    message.optionalText("userId", MAX_ID),
                    RoleWords.read(message, "role", ParticipantRole.PARTICIPANT),
                    message.optionalText("invitation", MAX_ID));
        }
    }

    /** Gives a seat up. */
    @Event("webrtc:leave-room")
    record LeaveRoom(String callRoomId) {
        static LeaveRoom read(Fields message) {
            return new LeaveRoom(roomId(message));
        }
    }

    /** An offer for another client. */
    @Event("webrtc:offer")
    record Offer(
            String callRoomId,
            String targetSocketId,
            Description offer,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex) {
        static Offer read(Fields message) {
            return new Offer(
                    roomId(message),
                    message.text("targetSocketId", MAX_ID),
                    SignalReader.description(message.object("offer"), "offer"),
                    SignalReader.sdpMid(message),
                    SignalReader.sdpMLineIndex(message));
        }
    }

    /** An answer for another client. */
    @Event("webrtc:answer")
    record Answer(String callRoomId, String targetSocketId, Description answer) {
        static Answer read(Fields message) {
            return new Answer(
                    roomId(message),
                    message.text("targetSocketId", MAX_ID),
                    SignalReader.description(message.object("answer"), "answer"));
        }
    }

    /**
     * A candidate.
     *
     * @param targetSocketId whom it is for; null for everybody else in the room
     * @param candidate a candidate line or an object, in whichever form the clients write it
     */
    @Event("webrtc:ice-candidate")
    record IceCandidate(
            String callRoomId,
            @Nullable String targetSocketId,
            @Nullable Object candidate,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex) {
        static IceCandidate read(Fields message) {
            return new IceCandidate(
                    roomId(message),
                    message.optionalText("targetSocketId", MAX_ID),
                    SignalReader.candidate(message),
                    SignalReader.sdpMid(message),
                    SignalReader.sdpMLineIndex(message));
        }
    }

    private static String roomId(Fields message) {
        return message.text("callRoomId", MAX_ID);
    }
}
