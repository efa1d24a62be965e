package dev.foyer.dialect.call;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.dialect.FakeSocket;
import dev.foyer.room.FakeMediaPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every message of the dialect, spoiled in every field: an answer comes, and nobody else notices. */
class HostileMessagesTest {
    private static final Set<String> CODES = Set.of(
            "INVALID_MESSAGE",
            "NOT_IN_ROOM",
            "ROOM_NOT_FOUND",
            "PARTICIPANT_NOT_FOUND",
            "TRANSPORT_NOT_FOUND",
            "PRODUCER_NOT_FOUND",
            "CONSUMER_NOT_FOUND",
            "CANNOT_CONSUME",
            "FORBIDDEN");
    private static final Set<String> ANSWERED_WHATEVER_THE_MESSAGE = Set.of("leaveRoom");

    private final CallHouse house = new CallHouse();
    private final Map<String, Map<String, Object>> valid = new LinkedHashMap<>();
    private FakeMediaPlane.Session session;
    private FakeSocket victim;
    private FakeSocket attacker;
    private int attackers;

    @BeforeEach
    void meet() {
        victim = house.connect("victim");
        house.data(victim, "joinRoom", Map.of("callId", "r", "userId", "victim"));
        Object send = house.data(victim, "createTransport", Map.of("direction", "send"))
                .get("id");
        Object recv = house.data(victim, "createTransport", Map.of("direction", "recv"))
                .get("id");
        Object producer = house.data(
                        victim,
                        "produce",
                        Map.of("transportId", send, "kind", "video", "rtpParameters", CallDialectTest.VIDEO))
                .get("id");
        Map<String, Object> capabilities =
                Map.of("codecs", List.of(Map.of("kind", "video", "mimeType", "video/VP8", "clockRate", 90000)));
        Map<String, Object> consumed = house.data(
                victim,
                "consume",
                Map.of("transportId", recv, "producerId", producer, "rtpCapabilities", capabilities));
        Object consumer = consumed.get("id");
        Map<String, Object> playback = Map.of("url", "https://localhost/", "position", 1.0, "playing", true, "rate", 1);
        valid.putAll(Map.ofEntries(
                entry("createRoom", Map.of("callId", "r", "type", "cinema", "options", Map.of("listed", true))),
                entry(
                        "joinRoom",
                        Map.of(
                                "callId", "r",
                                "userId", "u",
                                "role", "speaker",
                                "displayName", "U",
                                "mediaState", Map.of("audio", true),
                                "mesh", false,
                                "rtpCapabilities", capabilities)),
                entry("leaveRoom", Map.of()),
                entry("getProducers", Map.of("callId", "r")),
                entry("createTransport", Map.of("direction", "send")),
                entry("connectTransport", Map.of("transportId", send, "dtlsParameters", CallDialectTest.DTLS)),
                entry("restartIce", Map.of("transportId", send)),
                entry(
                        "produce",
                        Map.of(
                                "transportId",
                                send,
                                "kind",
                                "video",
                                "rtpParameters",
                                CallDialectTest.VIDEO,
                                "appData",
                                Map.of("source", "camera"),
                                "paused",
                                false)),
                entry("pauseProducer", Map.of("producerId", producer)),
                entry("resumeProducer", Map.of("producerId", producer)),
                entry("closeProducer", Map.of("producerId", producer)),
                entry(
                        "consume",
                        Map.of(
                                "transportId", recv,
                                "producerId", producer,
                                "rtpCapabilities", capabilities,
                                "paused", true)),
                entry("pauseConsumer", Map.of("consumerId", consumer)),
                entry("resumeConsumer", Map.of("consumerId", consumer)),
                entry("closeConsumer", Map.of("consumerId", consumer)),
                entry("setPreferredLayers", Map.of("consumerId", consumer, "spatialLayer", 1, "temporalLayer", 1)),
                entry("setPriority", Map.of("consumerId", consumer, "priority", 1)),
                entry("requestKeyFrame", Map.of("consumerId", consumer)),
                entry("getStats", Map.of("transportId", send)),
                entry(
                        "signal",
                        Map.of("to", "nobody", "epoch", 1, "description", Map.of("type", "offer", "sdp", "v=0"))),
                entry("modeReady", Map.of("epoch", 1)),
                entry("linkState", Map.of("peerId", "nobody", "state", "connected", "loss", 0.1)),
                entry("requestMode", Map.of("mode", "p2p", "reason", "cpu")),
                entry("updatePeer", Map.of("displayName", "x", "mediaState", Map.of("audio", true))),
                entry("chat", Map.of("text", "hello")),
                entry("raiseHand", Map.of("raised", true)),
                entry("playback", playback),
                entry("drift", Map.of("position", 1.0)),
                entry("inviteOnStage", Map.of("peerId", "nobody")),
                entry("stage", Map.of("on", true)),
                entry("invite", Map.of("seconds", 60, "uses", 1)),
                entry("revokeInvitation", Map.of("invitation", "none")),
                entry("move", Map.of("room", "library"))));
        session = house.plane.session();
        attack();
        victim.emitted.clear();
    }

    /** A fresh attacker in the room, so that what one attempt did is not in the next one's way. */
    private void attack() {
        attacker = house.connect("attacker-" + ++attackers);
        house.data(attacker, "joinRoom", Map.of("callId", "r", "userId", "attacker"));
    }

    private static List<Object> garbage() {
        Map<String, Object> deep = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> outer = new HashMap<>();
            outer.put("x", deep);
            deep = outer;
        }
        Map<String, Object> endless = new HashMap<>();
        endless.put("x", "x".repeat(900_000));
        return new ArrayList<>(Arrays.asList(
                null,
                0,
                -1,
                4_294_967_296L,
                1.5,
                Double.NaN,
                true,
                false,
                "",
                "x".repeat(900_000),
                "\0",
                List.of(),
                List.of(1, "x"),
                Collections.nCopies(100_000, Map.of()),
                Map.of(),
                deep,
                endless,
                new byte[] {1, 2, 3}));
    }

    @Test
    void anyValueInAnyFieldIsAnsweredAndHarmsNobody() {
        for (Map.Entry<String, Map<String, Object>> message : valid.entrySet()) {
            for (String field : message.getValue().keySet()) {
                for (Object value : garbage()) {
                    Map<String, Object> spoiled = new HashMap<>(message.getValue());
                    spoiled.put(field, value);
                    assertAnswered(message.getKey(), spoiled);
                }
                Map<String, Object> missing = new HashMap<>(message.getValue());
                missing.remove(field);
                assertAnswered(message.getKey(), missing);
            }
        }
        assertUnharmed();
    }

    @Test
    void anyValueInPlaceOfTheMessageIsRefused() {
        for (String event : valid.keySet()) {
            for (Object value : garbage()) {
                if (value instanceof Map || value == null) {
                    assertAnswered(event, value);
                } else {
                    assertEquals("INVALID_MESSAGE", house.code(attacker, event, value), event);
                }
            }
        }
        assertUnharmed();
    }

    @Test
    void nestedParametersAreReadAsStrictly() {
        for (Object value : garbage()) {
            for (String field : List.of("mid", "codecs", "headerExtensions", "encodings", "rtcp")) {
                Map<String, Object> parameters = new HashMap<>(CallDialectTest.VIDEO);
                parameters.put(field, value);
                Map<String, Object> message = new HashMap<>(valid.get("produce"));
                message.put("rtpParameters", parameters);
                assertAnswered("produce", message);
            }
            for (String field : List.of("mimeType", "payloadType", "clockRate", "channels", "parameters")) {
                Map<String, Object> codec =
                        new HashMap<>(Map.of("mimeType", "video/VP8", "payloadType", 96, "clockRate", 90000));
                codec.put(field, value);
                Map<String, Object> message = new HashMap<>(valid.get("produce"));
                message.put("rtpParameters", Map.of("codecs", List.of(codec)));
                assertAnswered("produce", message);
            }
            Map<String, Object> connect = new HashMap<>(valid.get("connectTransport"));
            connect.put("dtlsParameters", Collections.singletonMap("fingerprints", value));
            assertAnswered("connectTransport", connect);
        }
        assertUnharmed();
    }

    @Test
    void othersIdsAreRefused() {
        for (String event : List.of(
                "connectTransport",
                "restartIce",
                "produce",
                "pauseProducer",
                "resumeProducer",
                "closeProducer",
                "consume",
                "pauseConsumer",
                "resumeConsumer",
                "closeConsumer",
                "setPreferredLayers",
                "setPriority",
                "requestKeyFrame",
                "getStats")) {
            String code = house.code(attacker, event, valid.get(event));
            assertTrue(code.endsWith("_NOT_FOUND"), event + " was answered " + code);
        }
        assertEquals(
                "PRODUCER_NOT_FOUND",
                house.code(
                        attacker,
                        "getStats",
                        Map.of("producerId", valid.get("pauseProducer").get("producerId"))));
        assertUnharmed();
    }

    @Test
    void unknownEventsAreInvalid() {
        for (String event : List.of("", "mute", "__proto__", "x".repeat(100_000), "createroom")) {
            assertEquals("INVALID_MESSAGE", house.code(attacker, event, Map.of()));
        }
        attacker.send("x".repeat(100_000));
        assertTrue(attacker.heard("error").getFirst().get("event").toString().length() <= 64);
        assertUnharmed();
    }

    @Test
    void withoutCallbackTheSameIsAnErrorEvent() {
        for (String event : valid.keySet()) {
            attacker.send(event, List.of());
            house.loop.run();
            Map<String, Object> error = attacker.heard("error").getFirst();
            assertEquals("INVALID_MESSAGE", error.get("code"), event);
            assertEquals(event, error.get("event"));
        }
        assertUnharmed();
    }

    private void assertAnswered(String event, Object message) {
        Map<String, Object> reply = house.ask(attacker, event, message);
        if (Boolean.FALSE.equals(reply.get("success"))) {
            assertTrue(CODES.contains(reply.get("code")), event + " was answered " + reply);
        }
        if (ANSWERED_WHATEVER_THE_MESSAGE.contains(event)
                || event.equals("createTransport")
                || event.equals("joinRoom")) {
            house.ask(attacker, "leaveRoom");
            attack();
        }
    }

    /** The victim has lost nothing, and heard nothing but what it would hear of any participant. */
    private void assertUnharmed() {
        house.loop.run();
        Set<String> harmless = Set.of("peerJoined", "peerLeft", "peerUpdated", "chat", "raiseHand");
        assertEquals(
                List.of(),
                victim.emitted.stream()
                        .filter(message -> !harmless.contains(message.event()))
                        .toList());
        int size = victim.emitted.stream()
                .mapToInt(message -> message.payload().toString().length())
                .max()
                .orElse(0);
        assertTrue(size < 40_000, "something large got through: " + size);
        assertEquals(1, session.producers.size());
        assertEquals(1, session.consumers.size());
        house.data(victim, "connectTransport", valid.get("connectTransport"));
        house.data(victim, "resumeConsumer", valid.get("resumeConsumer"));
        house.data(victim, "closeProducer", valid.get("closeProducer"));
    }
}
