package dev.foyer.dialect.mediasoup;

import static dev.foyer.dialect.DialectHouse.list;
import static dev.foyer.dialect.DialectHouse.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.DialectHouse;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clients of the dialect see. */
class MediasoupDialectTest {
    static final Map<String, Object> DTLS =
            Map.of("role", "client", "fingerprints", List.of(Map.of("algorithm", "sha-256", "value", "AB:CD")));
    static final Map<String, Object> VIDEO = Map.of(
            "codecs",
            List.of(Map.of("mimeType", "video/VP8", "payloadType", 96, "clockRate", 90000)),
            "encodings",
            List.of(Map.of("ssrc", 4294967295L)));
    static final Map<String, Object> CAPABILITIES =
            Map.of("codecs", List.of(Map.of("kind", "video", "mimeType", "video/VP8", "clockRate", 90000)));

    private final DialectHouse house = new DialectHouse(CallDialect.PROTOCOL, MediasoupDialect.PROTOCOL);

    @Test
    void clientOfTheSeedNeedsNoCallbacks() {
        FakeSocket ada = house.connect("a");
        house.send(
                ada,
                "mediasoup:create-room",
                Map.of("roomId", "r", "options", Map.of("maxParticipants", 2, "enableRecording", true)));
        Map<String, Object> created =
                object(heardOnce(ada, "mediasoup:room-created").get("room"));
        assertEquals("r", created.get("id"));
        assertEquals(Map.of("maxParticipants", 2, "enableRecording", true), created.get("options"));
        assertEquals(List.of(), created.get("participants"));
        assertTrue(created.get("createdAt") instanceof Long);
        assertFalse(list(object(created.get("rtpCapabilities")).get("codecs")).isEmpty());

        house.send(ada, "mediasoup:join-room", Map.of("roomId", "r", "participantData", Map.of("name", "Ada")));
        Map<String, Object> joined =
                object(heardOnce(ada, "mediasoup:room-joined").get("room"));
        Map<String, Object> self = list(joined.get("participants")).getFirst();
        assertEquals("a", self.get("id"));
        assertEquals(Map.of("name", "Ada"), self.get("data"));
        assertEquals(List.of(), self.get("producers"));

        house.send(ada, "mediasoup:create-transport", Map.of("roomId", "r", "direction", "send"));
        Map<String, Object> transportCreated = heardOnce(ada, "mediasoup:transport-created");
        assertEquals("send", transportCreated.get("direction"));
        Map<String, Object> transport = object(transportCreated.get("transport"));
        assertEquals(Set.of("id", "iceParameters", "iceCandidates", "dtlsParameters"), transport.keySet());

        house.send(
                ada,
                "mediasoup:connect-transport",
                Map.of("roomId", "r", "transportId", transport.get("id"), "dtlsParameters", DTLS));
        assertEquals(
                Map.of("roomId", "r", "transportId", transport.get("id")),
                heardOnce(ada, "mediasoup:transport-connected"));

        house.send(
                ada,
                "mediasoup:create-producer",
                Map.of("roomId", "r", "transportId", transport.get("id"), "kind", "video", "rtpParameters", VIDEO));
        Map<String, Object> producer =
                object(heardOnce(ada, "mediasoup:producer-created").get("producer"));
        assertEquals(Map.of("id", producer.get("id"), "kind", "video", "participantId", "a"), producer);
        assertEquals(List.of(), ada.emitted);
    }

    @Test
    void answersCallbacksWithWhatItSendsAsEvents() {
        FakeSocket ada = house.connect("a");
        Map<String, Object> reply = house.done(ada, "mediasoup:create-room", Map.of("roomId", "r"));
        Map<String, Object> event = heardOnce(ada, "mediasoup:room-created");
        assertEquals(true, reply.get("success"));
        assertEquals(event, without(reply, "success"));

        reply = house.done(ada, "mediasoup:join-room", Map.of("roomId", "r"));
        assertEquals(heardOnce(ada, "mediasoup:room-joined"), without(reply, "success"));
        assertEquals(
                Map.of("success", true, "roomId", "r"), house.done(ada, "mediasoup:leave-room", Map.of("roomId", "r")));
        assertEquals(Map.of("roomId", "r"), heardOnce(ada, "mediasoup:room-left"));
    }

    @Test
    void participantsSeeWhatTheOthersDo() {
        FakeSocket ada = joined("a", Map.of("id", "ada", "name", "Ada"));
        FakeSocket bob = joined("b", Map.of("id", "bob"));
        Map<String, Object> announced =
                object(heardOnce(ada, "mediasoup:participant-joined").get("participant"));
        assertEquals(Set.of("id", "data", "joinedAt"), announced.keySet());
        assertEquals("bob", announced.get("id"));
        assertEquals(Map.of("id", "bob"), announced.get("data"));

        String producer = produce(ada);
        Map<String, Object> newProducer = heardOnce(bob, "mediasoup:new-producer");
        assertEquals(
                Map.of("roomId", "r", "producer", Map.of("id", producer, "kind", "video", "participantId", "ada")),
                newProducer);

        FakeSocket eve = house.connect("e");
        Map<String, Object> room = object(
                house.done(eve, "mediasoup:join-room", Map.of("roomId", "r")).get("room"));
        assertEquals(
                List.of("ada", "bob", "e"),
                list(room.get("participants")).stream()
                        .map(participant -> participant.get("id"))
                        .toList());
        assertEquals(
                List.of(Map.of("id", producer, "kind", "video")),
                list(room.get("participants")).getFirst().get("producers"));

        String consumer = consume(bob, producer);
        house.done(ada, "mediasoup:close-producer", Map.of("roomId", "r", "producerId", producer));
        Map<String, Object> closed = Map.of("roomId", "r", "producerId", producer);
        assertEquals(closed, heardOnce(ada, "mediasoup:producer-closed"));
        assertEquals(closed, heardOnce(bob, "mediasoup:producer-closed"));
        assertEquals(
                Map.of("roomId", "r", "consumerId", consumer, "producerId", producer),
                heardOnce(bob, "mediasoup:consumer-closed"));

        house.send(ada, "mediasoup:leave-room", Map.of("roomId", "r"));
        assertEquals(Map.of("roomId", "r", "participantId", "ada"), heardOnce(bob, "mediasoup:participant-left"));
    }

    @Test
    void consumersStartPaused() {
        FakeSocket ada = joined("a", Map.of());
        FakeSocket bob = joined("b", Map.of());
        String producer = produce(ada);
        String consumer = consume(bob, producer);
        Map<String, Object> created =
                object(heardOnce(bob, "mediasoup:consumer-created").get("consumer"));
        assertEquals(Set.of("id", "producerId", "kind", "rtpParameters", "type", "producerPaused"), created.keySet());
        assertTrue(house.plane.session().calls.contains("consume " + consumer + " paused"));

        Map<String, Object> about = Map.of("roomId", "r", "consumerId", consumer);
        house.send(bob, "mediasoup:resume-consumer", about);
        assertEquals(about, heardOnce(bob, "mediasoup:consumer-resumed"));
        house.send(bob, "mediasoup:pause-consumer", about);
        assertEquals(about, heardOnce(bob, "mediasoup:consumer-paused"));
        house.send(bob, "mediasoup:close-consumer", about);
        assertEquals(about, heardOnce(bob, "mediasoup:consumer-closed"));
        assertTrue(house.plane.session().consumers.isEmpty());
        assertEquals("CONSUMER_NOT_FOUND", house.code(bob, "mediasoup:close-consumer", about));
    }

    @Test
    void describesARoomToItsMembersOnly() {
        FakeSocket ada = joined("a", Map.of("name", "Ada"));
        String producer = produce(ada);
        FakeSocket eve = house.connect("e");
        assertEquals("NOT_IN_ROOM", house.code(eve, "mediasoup:get-room-info", Map.of("roomId", "r")));
        assertEquals("ROOM_NOT_FOUND", house.code(eve, "mediasoup:get-room-info", Map.of("roomId", "other")));

        house.send(ada, "mediasoup:get-room-info", Map.of("roomId", "r"));
        Map<String, Object> room = object(heardOnce(ada, "mediasoup:room-info").get("room"));
        Map<String, Object> self = list(room.get("participants")).getFirst();
        assertEquals("a", self.get("id"));
        assertEquals(List.of(Map.of("id", producer, "kind", "video")), self.get("producers"));
        assertEquals(Set.of("id", "rtpCapabilities", "participants", "options", "createdAt"), room.keySet());
    }

    @Test
    void joinsOnlyRoomsThatExist() {
        FakeSocket ada = house.connect("a");
        Map<String, Object> reply = house.ask(ada, "mediasoup:join-room", Map.of("roomId", "r"));
        assertEquals(Map.of("success", false, "error", "Room not found", "code", "ROOM_NOT_FOUND"), reply);

        house.send(ada, "mediasoup:join-room", Map.of("roomId", "r"));
        assertEquals(
                Map.of(
                        "success", false,
                        "error", "Room not found",
                        "message", "Room not found",
                        "code", "ROOM_NOT_FOUND",
                        "event", "mediasoup:join-room"),
                heardOnce(ada, "error"));
    }

    @Test
    void fullRoomSaysSo() {
        FakeSocket ada = house.connect("a");
        house.done(ada, "mediasoup:create-room", Map.of("roomId", "r", "options", Map.of("maxParticipants", 1)));
        house.done(ada, "mediasoup:join-room", Map.of("roomId", "r"));
        Map<String, Object> reply = house.ask(house.connect("b"), "mediasoup:join-room", Map.of("roomId", "r"));
        assertEquals(Map.of("success", false, "error", "Room is full", "code", "ROOM_FULL"), reply);
    }

    @Test
    void makingARoomThatExistsShowsItsOwnOptions() {
        FakeSocket ada = house.connect("a");
        house.done(
                ada,
                "mediasoup:create-room",
                Map.of("roomId", "r", "options", Map.of("maxParticipants", 3, "timeout", 5000)));
        Map<String, Object> room = object(house.done(
                        house.connect("b"),
                        "mediasoup:create-room",
                        Map.of("roomId", "r", "options", Map.of("maxParticipants", 9, "enableRecording", false)))
                .get("room"));
        assertEquals(Map.of("maxParticipants", 3, "enableRecording", true, "timeout", 5000L), room.get("options"));
    }

    @Test
    void socketMayBeInSeveralRooms() {
        FakeSocket ada = joined("a", Map.of());
        house.done(ada, "mediasoup:create-room", Map.of("roomId", "s"));
        house.done(ada, "mediasoup:join-room", Map.of("roomId", "s"));
        FakeSocket bob = joined("b", Map.of());
        assertEquals("r", heardOnce(ada, "mediasoup:participant-joined").get("roomId"));
        house.done(bob, "mediasoup:join-room", Map.of("roomId", "s"));
        assertEquals("s", heardOnce(ada, "mediasoup:participant-joined").get("roomId"));
        house.done(ada, "mediasoup:leave-room", Map.of("roomId", "s"));
        assertEquals(Map.of("roomId", "s", "participantId", "a"), heardOnce(bob, "mediasoup:participant-left"));
        house.done(ada, "mediasoup:get-room-info", Map.of("roomId", "r"));
    }

    @Test
    void meetsParticipantsOfOtherDialects() {
        FakeSocket carl = house.connect("c");
        house.done(carl, "joinRoom", Map.of("callId", "r", "userId", "carl", "displayName", "Carl", "mesh", true));
        FakeSocket dora = house.connect("d");
        house.done(dora, "joinRoom", Map.of("callId", "r", "userId", "dora", "mesh", true));
        FakeSocket ada = house.connect("a");
        Map<String, Object> room = object(house.done(
                        ada,
                        "mediasoup:join-room",
                        Map.of("roomId", "r", "participantData", Map.of("id", "ada", "name", "Ada")))
                .get("room"));
        assertEquals(
                List.of(Map.of("name", "Carl"), Map.of("name", "dora"), Map.of("id", "ada", "name", "Ada")),
                list(room.get("participants")).stream()
                        .map(participant -> participant.get("data"))
                        .toList());
        Map<String, Object> seen = carl.heard("peerJoined").getLast();
        assertEquals("ada", seen.get("userId"));
        assertEquals("Ada", seen.get("displayName"));
        assertEquals("sfu", carl.heard("modeChanged").getFirst().get("mode").toString());
        assertTrue(ada.emitted.stream().allMatch(sent -> sent.event().startsWith("mediasoup:")));
    }

    @Test
    void identifiesParticipantsByTokenThenByTheirDataThenBySocket() {
        Identity token = new Identity("sub", null, null, null, Set.of(Grant.PUBLISH, Grant.SUBSCRIBE, Grant.CREATE));
        FakeSocket ada = house.connect("a", token);
        house.done(ada, "mediasoup:create-room", Map.of("roomId", "r"));
        assertEquals(
                "FORBIDDEN",
                house.code(ada, "mediasoup:join-room", Map.of("roomId", "r", "participantData", Map.of("id", "eve"))));
        house.done(ada, "mediasoup:join-room", Map.of("roomId", "r"));
        joined("b", Map.of("id", "bob"));
        joined("c", Map.of());
        Map<String, Object> room = object(house.done(ada, "mediasoup:get-room-info", Map.of("roomId", "r"))
                .get("room"));
        assertEquals(
                List.of("sub", "bob", "c"),
                list(room.get("participants")).stream()
                        .map(participant -> participant.get("id"))
                        .toList());
    }

    @Test
    void tokensOfOtherRoomsOpenNothing() {
        FakeSocket eve = house.connect("e", new Identity("eve", null, "s", null, null));
        joined("a", Map.of());
        assertEquals("FORBIDDEN", house.code(eve, "mediasoup:create-room", Map.of("roomId", "r")));
        assertEquals("FORBIDDEN", house.code(eve, "mediasoup:join-room", Map.of("roomId", "r")));
        FakeSocket mute = house.connect("m", new Identity("mute", null, null, null, Set.of(Grant.SUBSCRIBE)));
        assertEquals("FORBIDDEN", house.code(mute, "mediasoup:create-room", Map.of("roomId", "t")));
        house.done(mute, "mediasoup:join-room", Map.of("roomId", "r"));
        String transport = transport(mute, "send");
        assertEquals(
                "FORBIDDEN",
                house.code(
                        mute,
                        "mediasoup:create-producer",
                        Map.of("roomId", "r", "transportId", transport, "kind", "video", "rtpParameters", VIDEO)));
    }

    @Test
    void removalAndClosingAreDepartures() {
        FakeSocket ada = joined("a", Map.of());
        FakeSocket bob = joined("b", Map.of());
        house.rooms.expel("r", "a");
        house.loop.run();
        assertEquals(
                Map.of("roomId", "r", "reason", RoomErrorCode.PARTICIPANT_NOT_FOUND.name()),
                heardOnce(ada, "mediasoup:room-left"));
        assertEquals(Map.of("roomId", "r", "participantId", "a"), heardOnce(bob, "mediasoup:participant-left"));
        house.rooms.close("r", "shutdown");
        house.loop.run();
        assertEquals(Map.of("roomId", "r", "reason", "shutdown"), heardOnce(bob, "mediasoup:room-left"));
        assertEquals("ROOM_NOT_FOUND", house.code(bob, "mediasoup:leave-room", Map.of("roomId", "r")));
    }

    @Test
    void pausedProducersPauseConsumers() {
        FakeSocket bob = joined("b", Map.of());
        FakeSocket carl = house.connect("c");
        house.done(carl, "joinRoom", Map.of("callId", "r", "userId", "carl"));
        Object transport = object(house.done(carl, "createTransport", Map.of("direction", "send"))
                        .get("data"))
                .get("id");
        String producer = (String) object(house.done(
                                carl,
                                "produce",
                                Map.of("transportId", transport, "kind", "video", "rtpParameters", VIDEO))
                        .get("data"))
                .get("id");
        assertEquals(
                "carl",
                object(heardOnce(bob, "mediasoup:new-producer").get("producer")).get("participantId"));
        String consumer = consume(bob, producer);
        Map<String, Object> affected = Map.of("roomId", "r", "consumerId", consumer, "producerId", producer);
        house.done(carl, "pauseProducer", Map.of("producerId", producer));
        assertEquals(affected, heardOnce(bob, "mediasoup:consumer-paused"));
        house.done(carl, "resumeProducer", Map.of("producerId", producer));
        assertEquals(affected, heardOnce(bob, "mediasoup:consumer-resumed"));
    }

    @Test
    void knowsNoRecording() {
        FakeSocket ada = joined("a", Map.of());
        assertEquals("INVALID_MESSAGE", house.code(ada, "mediasoup:start-recording", Map.of("roomId", "r")));
        assertEquals("INVALID_MESSAGE", house.code(ada, "mediasoup:stop-recording", Map.of("roomId", "r")));
    }

    @Test
    void eventsWithoutAWordAreNotTold() {
        FakeSocket ada = joined("a", Map.of());
        for (RoomEvent event : List.of(
                new RoomEvent.ModeCommitted(1),
                new RoomEvent.ActiveSpeaker("b"),
                new RoomEvent.AudioLevels(List.of()),
                new RoomEvent.Moved(null))) {
            MediasoupDialect.PROTOCOL.write(null, "r", event);
        }
        assertEquals(List.of(), ada.emitted);
    }

    /** Makes the room {@code r} unless it is there, and joins it. */
    private FakeSocket joined(String id, Map<String, Object> data) {
        FakeSocket socket = house.connect(id);
        house.done(socket, "mediasoup:create-room", Map.of("roomId", "r"));
        house.done(socket, "mediasoup:join-room", Map.of("roomId", "r", "participantData", data));
        socket.emitted.clear();
        return socket;
    }

    private String transport(FakeSocket socket, String direction) {
        Map<String, Object> reply =
                house.done(socket, "mediasoup:create-transport", Map.of("roomId", "r", "direction", direction));
        return (String) object(reply.get("transport")).get("id");
    }

    private String produce(FakeSocket socket) {
        String transport = transport(socket, "send");
        Map<String, Object> reply = house.done(
                socket,
                "mediasoup:create-producer",
                Map.of("roomId", "r", "transportId", transport, "kind", "video", "rtpParameters", VIDEO));
        return (String) object(reply.get("producer")).get("id");
    }

    private String consume(FakeSocket socket, String producer) {
        String transport = transport(socket, "recv");
        Map<String, Object> reply = house.done(
                socket,
                "mediasoup:create-consumer",
                Map.of(
                        "roomId",
                        "r",
                        "transportId",
                        transport,
                        "producerId",
                        producer,
                        "rtpCapabilities",
                        CAPABILITIES));
        return (String) object(reply.get("consumer")).get("id");
    }

    private static Map<String, Object> heardOnce(FakeSocket socket, String event) {
        List<Map<String, Object>> heard = socket.heard(event);
        assertEquals(1, heard.size(), () -> event + " among " + socket.emitted);
        return heard.getFirst();
    }

    private static Map<String, Object> without(Map<String, Object> map, String key) {
        Map<String, Object> copy = new HashMap<>(map);
        copy.remove(key);
        return copy;
    }
}
