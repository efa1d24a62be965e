package dev.foyer.dialect.mediasoup;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.OrtcReader;
import dev.foyer.dialect.RoleWords;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.TransportDirection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients send. Each record reads itself; bad messages are {@code INVALID_MESSAGE}. */
final class ClientMessages {
    static final int MAX_ID = 256;
    static final int MAX_STATE = 16 * 1024;

    private ClientMessages() {}

    /** A message about a room. */
    sealed interface AboutRoom {
        /** The room's id. */
        String roomId();
    }

    /** Makes a room unless there is one. */
    @Event("mediasoup:create-room")
    record CreateRoom(String roomId, RoomOptions options) implements AboutRoom {
        static CreateRoom read(Fields message) {
            return new CreateRoom(roomIdOf(message), RoomOptions.readFrom(message));
        }
    }

    /**
     * Takes a seat in a room that exists.
     *
     * @param participantData shown to the others as it came
     * @param role what the participant wants to be, if its token does not say
     * @param invitation shown where one is needed, or null
     */
    @Event("mediasoup:join-room")
    record JoinRoom(
            String roomId,
            Map<String, @Nullable Object> participantData,
            ParticipantRole role,
            @Nullable String invitation)
            implements AboutRoom {
        static JoinRoom read(Fields message) {
            return new JoinRoom(
                    roomIdOf(message),
                    message.freeObjectOrEmpty("participantData", MAX_STATE),
                    RoleWords.read(message, "role", ParticipantRole.PARTICIPANT),
                    message.optionalText("invitation", MAX_ID));
        }
    }

    /** Gives the seat up. */
    @Event("mediasoup:leave-room")
    record LeaveRoom(String roomId) implements AboutRoom {
        static LeaveRoom read(Fields message) {
            return new LeaveRoom(roomIdOf(message));
        }
    }

    /** Asks what is in a room that one has a seat in. */
    @Event("mediasoup:get-room-info")
    record DescribeRoom(String roomId) implements AboutRoom {
        static DescribeRoom read(Fields message) {
            return new DescribeRoom(roomIdOf(message));
        }
    }

    /** Creates a transport. */
    @Event("mediasoup:create-transport")
    record CreateTransport(String roomId, TransportDirection direction) implements AboutRoom {
        static CreateTransport read(Fields message) {
            return new CreateTransport(roomIdOf(message), directionOf(message));
        }
    }

    /** Completes a transport with the client's certificate. */
    @Event("mediasoup:connect-transport")
    record ConnectTransport(String roomId, String transportId, DtlsParameters dtlsParameters) implements AboutRoom {
        static ConnectTransport read(Fields message) {
            return new ConnectTransport(
                    roomIdOf(message),
                    message.text("transportId", MAX_ID),
                    OrtcReader.dtlsParameters(message.object("dtlsParameters")));
        }
    }

    /**
     * Publishes a track.
     *
     * @param appData for the participants of other dialects
     */
    @Event("mediasoup:create-producer")
    record CreateProducer(
            String roomId,
            String transportId,
            MediaKind kind,
            RtpParameters rtpParameters,
            Map<String, @Nullable Object> appData,
            boolean paused)
            implements AboutRoom {
        static CreateProducer read(Fields message) {
            return new CreateProducer(
                    roomIdOf(message),
                    message.text("transportId", MAX_ID),
                    message.word("kind", MediaKind.class),
                    OrtcReader.rtpParameters(message.object("rtpParameters")),
                    message.freeObjectOrEmpty("appData", MAX_STATE),
                    message.flag("paused", false));
        }
    }

    /** Ends a producer of one's own. */
    @Event("mediasoup:close-producer")
    record CloseProducer(String roomId, String producerId) implements AboutRoom {
        static CloseProducer read(Fields message) {
            return new CloseProducer(roomIdOf(message), message.text("producerId", MAX_ID));
        }
    }

    /** Subscribes to somebody's producer; the consumer starts paused. */
    @Event("mediasoup:create-consumer")
    record CreateConsumer(String roomId, String transportId, String producerId, RtpCapabilities rtpCapabilities)
            implements AboutRoom {
        static CreateConsumer read(Fields message) {
            return new CreateConsumer(
                    roomIdOf(message),
                    message.text("transportId", MAX_ID),
                    message.text("producerId", MAX_ID),
                    OrtcReader.rtpCapabilities(message.object("rtpCapabilities")));
        }
    }

    /** Ends a consumer of one's own. */
    @Event("mediasoup:close-consumer")
    record CloseConsumer(String roomId, String consumerId) implements AboutRoom {
        static CloseConsumer read(Fields message) {
            return new CloseConsumer(roomIdOf(message), consumerIdOf(message));
        }
    }

    /** Starts or goes on with a consumer of one's own. */
    @Event("mediasoup:resume-consumer")
    record ResumeConsumer(String roomId, String consumerId) implements AboutRoom {
        static ResumeConsumer read(Fields message) {
            return new ResumeConsumer(roomIdOf(message), consumerIdOf(message));
        }
    }

    /** Stops a consumer of one's own for a while. */
    @Event("mediasoup:pause-consumer")
    record PauseConsumer(String roomId, String consumerId) implements AboutRoom {
        static PauseConsumer read(Fields message) {
            return new PauseConsumer(roomIdOf(message), consumerIdOf(message));
        }
    }

    static String roomIdOf(Fields message) {
        return message.text("roomId", MAX_ID);
    }

    private static String consumerIdOf(Fields message) {
        return message.text("consumerId", MAX_ID);
    }

    private static TransportDirection directionOf(Fields message) {
        String word = message.text("direction", MAX_ID);
        for (TransportDirection direction : TransportDirection.values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(word)) {
                return direction;
            }
        }
        throw Fields.invalid("direction", "send or recv");
    }
}
