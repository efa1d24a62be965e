package dev.foyer.dialect.guide;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SignalReader;
import dev.foyer.dialect.SignalReader.Description;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients send. Each record reads itself; bad messages are {@code INVALID_MESSAGE}. Only who is in several rooms has to
 * say which one a message is for.
 */
final class ClientMessages {
    /** Fields that are about the way of a signal and do not go on with it. The sender's are what it claims. */
    static final Set<String> ADDRESSING = Set.of("roomId", "targetUserId", "fromUserId", "fromSocketId");

    private static final int MAX_ID = 256;
    private static final int MAX_STATE = 16 * 1024;

    private ClientMessages() {}

    /** A message about a room that the client is in. */
    sealed interface AboutRoom {
        /** The room, or null for the only one. */
        @Nullable
        String roomId();
    }

    /**
     * Takes a seat in a room, beside those that the socket has elsewhere.
     *
     * @param userId who the client says it is; null when its token says so
     * @param mediaState what it sends; passed on to the others
     * @param role what it wants to be
     * @param type what the room is for; the first to join settles it
     * @param invitation shown where one is needed, or null
     */
    @Event("join-room")
    record JoinRoom(
            String roomId,
            @Nullable String userId,
            @Nullable Map<String, @Nullable Object> mediaState,
            ParticipantRole role,
            RoomType type,
            @Nullable String invitation) {
        static JoinRoom read(Fields message) {
            RoomType type = message.optionalWord("type", RoomType.class);
            return new JoinRoom(
                    message.text("roomId", MAX_ID),
                    message.optionalText("userId", MAX_ID),
                    message.freeObject("mediaState", MAX_STATE),
                    RoleWords.read(message, "role", ParticipantRole.PARTICIPANT),
                    type == null ? RoomType.MANSION : type,
                    message.optionalText("invitation", MAX_ID));
        }
    }

    /** Gives a seat up. */
    @Event("leave-room")
    record LeaveRoom(@Nullable String roomId) implements AboutRoom {
        static LeaveRoom read(Fields message) {
            return new LeaveRoom(roomIdOf(message));
        }
    }

    /** An offer for another user. */
    @Event("webrtc-offer")
    record Offer(@Nullable String roomId, String targetUserId, Description offer) implements AboutRoom {
        static Offer read(Fields message) {
            return new Offer(
                    roomIdOf(message), targetOf(message), SignalReader.description(message.object("offer"), "offer"));
        }
    }

    /** An answer for another user. */
    @Event("webrtc-answer")
    record Answer(@Nullable String roomId, String targetUserId, Description answer) implements AboutRoom {
        static Answer read(Fields message) {
            return new Answer(
                    roomIdOf(message), targetOf(message), SignalReader.description(message.object("answer"), "answer"));
        }
    }

    /**
     * A candidate for another user.
     *
     * @param candidate a candidate line or an object, in whichever form the clients write it
     */
    @Event("ice-candidate")
    record IceCandidate(
            @Nullable String roomId,
            String targetUserId,
            @Nullable Object candidate) implements AboutRoom {
        static IceCandidate read(Fields message) {
            return new IceCandidate(roomIdOf(message), targetOf(message), SignalReader.candidate(message));
        }
    }

    /** The client sends its screen in place of its camera. */
    @Event("start-screen-share")
    record StartScreenShare(@Nullable String roomId) implements AboutRoom {
        static StartScreenShare read(Fields message) {
            return new StartScreenShare(roomIdOf(message));
        }
    }

    /** The client sends its camera again. */
    @Event("stop-screen-share")
    record StopScreenShare(@Nullable String roomId) implements AboutRoom {
        static StopScreenShare read(Fields message) {
            return new StopScreenShare(roomIdOf(message));
        }
    }

    /** The client sends something else than before. */
    @Event("media-state")
    record MediaState(@Nullable String roomId, Map<String, @Nullable Object> mediaState) implements AboutRoom {
        static MediaState read(Fields message) {
            Map<String, @Nullable Object> state = message.freeObject("mediaState", MAX_STATE);
            if (state == null) {
                throw Fields.invalid("mediaState", "an object");
            }
            return new MediaState(roomIdOf(message), state);
        }
    }

    private static @Nullable String roomIdOf(Fields message) {
        return message.optionalText("roomId", MAX_ID);
    }

    private static String targetOf(Fields message) {
        return message.text("targetUserId", MAX_ID);
    }
}
