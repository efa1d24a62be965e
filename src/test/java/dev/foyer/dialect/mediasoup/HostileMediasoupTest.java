package dev.foyer.dialect.mediasoup;

import static dev.foyer.dialect.DialectHouse.object;
import static dev.foyer.dialect.mediasoup.MediasoupDialectTest.CAPABILITIES;
import static dev.foyer.dialect.mediasoup.MediasoupDialectTest.DTLS;
import static dev.foyer.dialect.mediasoup.MediasoupDialectTest.VIDEO;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.dialect.DialectHouse;
import dev.foyer.dialect.Event;
import dev.foyer.dialect.FakeSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every message of the dialect, spoiled in every field: an answer comes, and nobody else notices. */
class HostileMediasoupTest {
    private static final Set<String> CODES = Set.of(
            "INVALID_MESSAGE",
            "NOT_IN_ROOM",
            "ROOM_NOT_FOUND",
            "TRANSPORT_NOT_FOUND",
            "PRODUCER_NOT_FOUND",
            "CONSUMER_NOT_FOUND",
            "CANNOT_CONSUME",
            "FORBIDDEN");

    private final DialectHouse house = new DialectHouse(MediasoupDialect.PROTOCOL);
    private final Map<String, Map<String, Object>> valid = new LinkedHashMap<>();
    private FakeSocket victim;
    private FakeSocket attacker;
    private int attackers;

    @BeforeEach
    void meet() {
        victim = house.connect("victim");
        house.done(victim, "mediasoup:create-room", Map.of("roomId", "r"));
        house.done(victim, "mediasoup:join-room", Map.of("roomId", "r"));
        Object send = transport("send");
        Object recv = transport("recv");
        Object producer = object(house.done(
                                victim,
                                "mediasoup:create-producer",
                                Map.of("roomId", "r", "transportId", send, "kind", "video", "rtpParameters", VIDEO))
                        .get("producer"))
                .get("id");
        Object consumer = object(house.done(
                                victim,
                                "mediasoup:create-consumer",
                                Map.of(
                                        "roomId", "r",
                                        "transportId", recv,
                                        "producerId", producer,
                                        "rtpCapabilities", CAPABILITIES))
                        .get("consumer"))
                .get("id");
        valid.putAll(Map.ofEntries(
                entry(
                        "mediasoup:create-room",
                        Map.of(
                                "roomId",
                                "r",
                                "options",
                                Map.of("maxParticipants", 2, "enableRecording", true, "timeout", 0))),
                entry(
                        "mediasoup:join-room",
                        Map.of("roomId", "r", "participantData", Map.of("name", "x"), "role", "participant")),
                entry("mediasoup:leave-room", Map.of("roomId", "r")),
                entry("mediasoup:get-room-info", Map.of("roomId", "r")),
                entry("mediasoup:create-transport", Map.of("roomId", "r", "direction", "send")),
                entry(
                        "mediasoup:connect-transport",
                        Map.of("roomId", "r", "transportId", send, "dtlsParameters", DTLS)),
                entry(
                        "mediasoup:create-producer",
                        Map.of(
                                "roomId",
                                "r",
                                "transportId",
                                send,
                                "kind",
                                "video",
                                "rtpParameters",
                                VIDEO,
                                "appData",
                                Map.of("source", "camera"),
                                "paused",
                                false)),
                entry("mediasoup:close-producer", Map.of("roomId", "r", "producerId", producer)),
                entry(
                        "mediasoup:create-consumer",
                        Map.of(
                                "roomId", "r",
                                "transportId", recv,
                                "producerId", producer,
                                "rtpCapabilities", CAPABILITIES)),
                entry("mediasoup:close-consumer", Map.of("roomId", "r", "consumerId", consumer)),
                entry("mediasoup:resume-consumer", Map.of("roomId", "r", "consumerId", consumer)),
                entry("mediasoup:pause-consumer", Map.of("roomId", "r", "consumerId", consumer))));
        attack();
        victim.emitted.clear();
    }

    @Test
    void spoilsEveryMessageThatThereIs() {
        assertEquals(
                Stream.of(ClientMessages.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .map(message -> message.getAnnotation(Event.class).value())
                        .collect(Collectors.toSet()),
                valid.keySet());
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
    void anyValueInAnOptionIsAnswered() {
        for (String option : List.of("maxParticipants", "enableRecording", "timeout")) {
            for (Object value : garbage()) {
                Map<String, Object> options = new HashMap<>();
                options.put(option, value);
                assertAnswered("mediasoup:create-room", Map.of("roomId", "r", "options", options));
            }
        }
        for (String field : List.of("id", "name")) {
            for (Object value : garbage()) {
                Map<String, Object> data = new HashMap<>();
                data.put(field, value);
                assertAnswered("mediasoup:join-room", Map.of("roomId", "r", "participantData", data));
            }
        }
        assertUnharmed();
    }

    @Test
    void anyValueInPlaceOfTheMessageIsRefused() {
        for (String event : valid.keySet()) {
            for (Object value : garbage()) {
                assertEquals("INVALID_MESSAGE", house.code(attacker, event, value), event);
            }
        }
        assertUnharmed();
    }

    @Test
    void othersIdsAreRefused() {
        for (String event : List.of(
                "mediasoup:connect-transport",
                "mediasoup:create-producer",
                "mediasoup:close-producer",
                "mediasoup:create-consumer",
                "mediasoup:close-consumer",
                "mediasoup:resume-consumer",
                "mediasoup:pause-consumer")) {
            String code = house.code(attacker, event, valid.get(event));
            assertTrue(code.endsWith("_NOT_FOUND"), event + " was answered " + code);
        }
        assertUnharmed();
    }

    @Test
    void whoIsOutsideChangesNothing() {
        FakeSocket outside = house.connect("outside");
        for (Map.Entry<String, Map<String, Object>> message : valid.entrySet()) {
            if (Set.of("mediasoup:create-room", "mediasoup:join-room").contains(message.getKey())) {
                continue;
            }
            assertEquals("NOT_IN_ROOM", house.code(outside, message.getKey(), message.getValue()));
            Map<String, Object> elsewhere = new HashMap<>(message.getValue());
            elsewhere.put("roomId", "nowhere");
            assertEquals("ROOM_NOT_FOUND", house.code(outside, message.getKey(), elsewhere));
        }
        assertEquals(List.of(), outside.emitted);
        assertUnharmed();
    }

    @Test
    void withoutCallbackTheSameIsAnErrorEvent() {
        for (String event : valid.keySet()) {
            house.send(attacker, event, List.of());
            Map<String, Object> error = attacker.heard("error").getFirst();
            assertEquals(Set.of("success", "error", "message", "code", "event"), error.keySet());
            assertEquals("INVALID_MESSAGE", error.get("code"));
            assertEquals(event, error.get("event"));
        }
        assertUnharmed();
    }

    private Object transport(String direction) {
        return object(house.done(victim, "mediasoup:create-transport", Map.of("roomId", "r", "direction", direction))
                        .get("transport"))
                .get("id");
    }

    /** A fresh attacker in the room, so that what one attempt did is not in the next one's way. */
    private void attack() {
        attacker = house.connect("attacker-" + ++attackers);
        house.done(attacker, "mediasoup:join-room", Map.of("roomId", "r"));
    }

    private void assertAnswered(String event, Map<String, Object> message) {
        Map<String, Object> reply = house.ask(attacker, event, message);
        if (Boolean.FALSE.equals(reply.get("success"))) {
            assertTrue(CODES.contains(reply.get("code")), event + " was answered " + reply);
        }
        if (Set.of("mediasoup:leave-room", "mediasoup:create-transport", "mediasoup:join-room")
                .contains(event)) {
            house.ask(attacker, "mediasoup:leave-room", Map.of("roomId", "r"));
            attack();
        }
    }

    /** The victim has lost nothing, and heard nothing but who came and went. */
    private void assertUnharmed() {
        Set<String> harmless = Set.of("mediasoup:participant-joined", "mediasoup:participant-left");
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
        assertEquals(1, house.plane.session().producers.size());
        assertEquals(1, house.plane.session().consumers.size());
        house.done(victim, "mediasoup:connect-transport", valid.get("mediasoup:connect-transport"));
        house.done(victim, "mediasoup:resume-consumer", valid.get("mediasoup:resume-consumer"));
        house.done(victim, "mediasoup:close-producer", valid.get("mediasoup:close-producer"));
    }

    private static List<Object> garbage() {
        Map<String, Object> deep = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> outer = new HashMap<>();
            outer.put("roomId", deep);
            deep = outer;
        }
        return new ArrayList<>(Arrays.asList(
                0,
                -1,
                4_294_967_296L,
                1.5,
                Double.NaN,
                true,
                "",
                "x".repeat(900_000),
                "\0",
                List.of(),
                List.of(1, "x"),
                Collections.nCopies(100_000, Map.of()),
                deep,
                Map.of("x", "x".repeat(900_000)),
                new byte[] {1, 2, 3}));
    }
}
