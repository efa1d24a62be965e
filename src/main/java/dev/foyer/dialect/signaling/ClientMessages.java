package dev.foyer.dialect.signaling;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SignalReader;
import dev.foyer.dialect.SignalReader.Description;
import dev.foyer.room.ParticipantRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients send. Each record reads itself; bad messages are {@code INVALID_MESSAGE}. */
final class ClientMessages {
    /** Fields that are about the way of a signal and do not go on with it. {@code from} is what the client claims. */
    static final Set<String> ADDRESSING = Set.of("to", "from");

    private static final int MAX_ID = 256;

    private ClientMessages() {}

    /**
     * Takes a seat; a room that the socket was in is left.
     *
     * @param userId who the client says it is; null when its token says so
     * @param role what it wants to be; a mere listener when it does not say
     * @param invitation shown where one is needed, or null
     */
    @Event("join-room")
    record JoinRoom(
            String roomId,
            @Nullable String userId,
            ParticipantRole role,
            @Nullable String invitation) {
        static JoinRoom read(Fields message) {
            return new JoinRoom(
                    message.text("roomId", MAX_ID),
                    message.optionalText("userId", MAX_ID),
                    RoleWords.read(message, "role", ParticipantRole.VIEWER),
                    message.optionalText("invitation", MAX_ID));
        }
    }

    /**
     * Gives the seat up.
     *
     * @param roomId null for the room that the socket is in
     */
    @Event("leave-room")
    record LeaveRoom(@Nullable String roomId) {
        static LeaveRoom read(Fields message) {
            return new LeaveRoom(message.optionalText("roomId", MAX_ID));
        }
    }

    /** An offer for another client. */
    @Event("offer")
    record Offer(String to, String sdp, String type) {
        static Offer read(Fields message) {
            Description offer = SignalReader.description(message, "offer");
            return new Offer(message.text("to", MAX_ID), offer.sdp(), offer.type());
        }
    }

    /** An answer for another client. */
    @Event("answer")
    record Answer(String to, String sdp, String type) {
        static Answer read(Fields message) {
            Description answer = SignalReader.description(message, "answer");
            return new Answer(message.text("to", MAX_ID), answer.sdp(), answer.type());
        }
    }

    /**
     * A candidate for another client.
     *
     * @param candidate a candidate line or an object, in whichever form the clients write it
     */
    @Event("ice-candidate")
    record IceCandidate(
            String to,
            @Nullable Object candidate,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex) {
        static IceCandidate read(Fields message) {
            return new IceCandidate(
                    message.text("to", MAX_ID),
                    SignalReader.candidate(message),
                    SignalReader.sdpMid(message),
                    SignalReader.sdpMLineIndex(message));
        }
    }
}
