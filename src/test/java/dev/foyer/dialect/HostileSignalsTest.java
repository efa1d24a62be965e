package dev.foyer.dialect;

import static dev.foyer.dialect.PlainHouse.ANSWER;
import static dev.foyer.dialect.PlainHouse.CANDIDATE;
import static dev.foyer.dialect.PlainHouse.OFFER;
import static dev.foyer.dialect.PlainHouse.SDP;
import static dev.foyer.dialect.PlainHouse.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of the plain dialects, spoiled in every field: an answer comes, and nobody else notices. */
class HostileSignalsTest {
    private static final Set<String> CODES =
            Set.of("INVALID_MESSAGE", "NOT_IN_ROOM", "ROOM_NOT_FOUND", "PARTICIPANT_NOT_FOUND");
    private static final Set<String> SIGNALS = Set.of("offer", "answer", "ice-candidate");

    /** Fields that may be left out: what they would say is known, or has a default. */
    private static final Set<String> OPTIONAL = Set.of(
            "join-room role",
            "join-room type",
            "leave-room roomId",
            "ice-candidate sdpMid",
            "ice-candidate sdpMLineIndex",
            "webrtc:join-room role",
            "webrtc:join-room callType",
            "webrtc:join-room userId",
            "webrtc:ice-candidate targetSocketId",
            "webrtc:ice-candidate sdpMid",
            "webrtc:ice-candidate sdpMLineIndex",
            "webrtc-offer roomId",
            "webrtc-answer roomId",
            "ice-candidate roomId",
            "start-screen-share roomId",
            "stop-screen-share roomId",
            "media-state roomId");

    /** Fields that may be any object of bearable size; {@code null} too, but for the state that is to be said. */
    private static final Set<String> FREE = Set.of("candidate", "metadata", "mediaState");

    private static final int HUGE = 900_000;

    private final PlainHouse house = new PlainHouse();
    private FakeSocket victim;
    private FakeSocket attacker;
    private int attackers;

    /** A dialect and one good message of each kind, to the victim. */
    record Spoken(
            String dialect,
            BiFunction<PlainHouse, String, FakeSocket> connect,
            String join,
            String leave,
            String error,
            Map<String, Map<String, Object>> valid) {
        @Override
        public String toString() {
            return dialect;
        }
    }

    static List<Spoken> dialects() {
        return List.of(
                new Spoken(
                        "signaling",
                        PlainHouse::connectSignaling,
                        "join-room",
                        "leave-room",
                        "error",
                        Map.of(
                                "join-room",
                                Map.of("roomId", "r", "userId", "u", "role", "speaker"),
                                "offer",
                                with(OFFER, "to", "victim"),
                                "answer",
                                with(ANSWER, "to", "victim"),
                                "ice-candidate",
                                Map.of("to", "victim", "candidate", CANDIDATE, "sdpMid", "0", "sdpMLineIndex", 0))),
                new Spoken(
                        "webrtc",
                        PlainHouse::connect,
                        "webrtc:join-room",
                        "webrtc:leave-room",
                        "webrtc:signaling-error",
                        Map.of(
                                "webrtc:join-room",
                                Map.of(
                                        "callRoomId", "r",
                                        "userId", "u",
                                        "role", "speaker",
                                        "callType", "video",
                                        "metadata", Map.of("x", 1)),
                                "webrtc:offer",
                                Map.of("callRoomId", "r", "targetSocketId", "victim", "offer", OFFER),
                                "webrtc:answer",
                                Map.of("callRoomId", "r", "targetSocketId", "victim", "answer", ANSWER),
                                "webrtc:ice-candidate",
                                Map.of(
                                        "callRoomId", "r",
                                        "targetSocketId", "victim",
                                        "candidate", CANDIDATE,
                                        "sdpMid", "0",
                                        "sdpMLineIndex", 0))),
                new Spoken(
                        "guide",
                        PlainHouse::connect,
                        "join-room",
                        "leave-room",
                        "error",
                        Map.of(
                                "join-room",
                                Map.of(
                                        "roomId", "r",
                                        "userId", "u",
                                        "role", "host",
                                        "type", "mansion",
                                        "mediaState", Map.of("audio", true)),
                                "webrtc-offer",
                                Map.of("roomId", "r", "targetUserId", "victim", "offer", OFFER),
                                "webrtc-answer",
                                Map.of("roomId", "r", "targetUserId", "victim", "answer", ANSWER),
                                "ice-candidate",
                                Map.of("roomId", "r", "targetUserId", "victim", "candidate", CANDIDATE),
                                "start-screen-share",
                                Map.of("roomId", "r"),
                                "stop-screen-share",
                                Map.of("roomId", "r"),
                                "media-state",
                                Map.of("roomId", "r", "mediaState", Map.of("audio", true)))));
    }

    private void meet(Spoken dialect) {
        victim = dialect.connect().apply(house, "victim");
        house.success(victim, dialect.join(), with(dialect.valid().get(dialect.join()), "userId", "victim"));
        attack(dialect);
    }

    /** A fresh attacker in the room, so that what one attempt did is not in the next one's way. */
    private void attack(Spoken dialect) {
        attacker = dialect.connect().apply(house, "attacker-" + ++attackers);
        house.success(attacker, dialect.join(), dialect.valid().get(dialect.join()));
        attacker.emitted.clear();
        victim.emitted.clear();
    }

    private static List<Object> garbage() {
        Map<String, Object> deep = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> outer = new HashMap<>();
            outer.put("x", deep);
            deep = outer;
        }
        return new ArrayList<>(Arrays.asList(
                null,
                0,
                -1,
                4_294_967_296L,
                1.5,
                Double.NaN,
                true,
                "",
                "x".repeat(HUGE),
                "\0",
                List.of(),
                List.of(1, "x"),
                Collections.nCopies(100_000, Map.of()),
                Map.of(),
                deep,
                Map.of("x", "x".repeat(HUGE)),
                new byte[] {1, 2, 3},
                Map.of("x", new byte[] {1, 2, 3})));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void spoiledFieldsAreRefusedAndRelayedToNobody(Spoken dialect) {
        meet(dialect);
        for (Map.Entry<String, Map<String, Object>> message : dialect.valid().entrySet()) {
            String event = message.getKey();
            for (String field : message.getValue().keySet()) {
                for (Object value : garbage()) {
                    spoil(
                            dialect,
                            event,
                            with(message.getValue(), field, value),
                            field,
                            isHarmless(event, field, value));
                }
                Map<String, Object> missing = new HashMap<>(message.getValue());
                missing.remove(field);
                boolean needless =
                        OPTIONAL.contains(event + " " + field) || (FREE.contains(field) && event.endsWith("join-room"));
                spoil(dialect, event, missing, field, needless);
            }
        }
    }

    private static boolean isHarmless(String event, String field, Object value) {
        if (value == null) {
            return OPTIONAL.contains(event + " " + field) || (FREE.contains(field) && !event.equals("media-state"));
        }
        // Other rooms and line numbers that happen to be good ones, and texts where texts belong.
        return switch (field) {
            case "sdpMid" -> isShort(value);
            // What is in a description is its receiver's business.
            case "sdp" -> "\0".equals(value);
            case "sdpMLineIndex" -> value.equals(0);
            case "candidate" -> isShort(value) || isEmpty(value);
            case "metadata", "mediaState" -> isEmpty(value);
            default -> false;
        };
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void spoiledDescriptionsAreRefusedAndRelayedToNobody(Spoken dialect) {
        meet(dialect);
        for (Map.Entry<String, Map<String, Object>> message : dialect.valid().entrySet()) {
            for (String name : List.of("offer", "answer")) {
                if (!message.getValue().containsKey(name)) {
                    continue;
                }
                for (Object value : garbage()) {
                    for (String field : List.of("type", "sdp")) {
                        Map<String, Object> spoiled = with(Map.of("type", name, "sdp", SDP), field, value);
                        boolean harmless = isHarmless(message.getKey(), field, value);
                        spoil(dialect, message.getKey(), with(message.getValue(), name, spoiled), field, harmless);
                    }
                }
                for (String type :
                        List.of("pranswer", "rollback", "OFFER", name.equals("offer") ? "answer" : "offer")) {
                    Map<String, Object> wrong = Map.of("type", type, "sdp", SDP);
                    spoil(dialect, message.getKey(), with(message.getValue(), name, wrong), name, false);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void fieldsThatNobodyAskedForAreNoWayAroundTheLimits(Spoken dialect) {
        meet(dialect);
        for (Map.Entry<String, Map<String, Object>> message : dialect.valid().entrySet()) {
            if (SIGNALS.stream().noneMatch(message.getKey()::endsWith)) {
                continue;
            }
            for (Object value : garbage()) {
                spoil(dialect, message.getKey(), with(message.getValue(), "more", value), "more", isSmall(value));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anyValueInPlaceOfTheMessageIsRefused(Spoken dialect) {
        meet(dialect);
        for (String event : dialect.valid().keySet()) {
            for (Object value : garbage()) {
                if (!(value instanceof Map) && value != null) {
                    assertEquals("INVALID_MESSAGE", house.code(attacker, event, value), event);
                    house.send(attacker, event, value);
                    String error =
                            event.equals("join-room") && dialect.dialect().equals("signaling")
                                    ? "join-room-error"
                                    : dialect.error();
                    assertEquals(
                            "INVALID_MESSAGE", attacker.heard(error).getFirst().get("code"), event);
                }
            }
        }
        assertEquals(List.of(), victim.emitted);
        assertEquals(List.of(), attacker.emitted);
    }

    /** Sends a message that is spoiled in one field; unless that is no matter, it is refused and nobody hears of it. */
    private void spoil(Spoken dialect, String event, Map<String, Object> message, String field, boolean harmless) {
        Map<String, Object> reply = house.ask(attacker, event, message);
        boolean accepted = Boolean.TRUE.equals(reply.get("success"));
        String what = event + " with " + field + " spoiled was answered " + reply;
        if (!accepted) {
            assertTrue(CODES.contains(reply.get("code")), what);
            assertEquals(List.of(), victim.emitted, what);
        } else {
            assertTrue(harmless, what);
        }
        int size = victim.emitted.stream()
                .mapToInt(heard -> heard.payload().toString().length())
                .max()
                .orElse(0);
        assertTrue(size < 20_000, what);
        victim.emitted.clear();
        if (event.equals(dialect.join()) && accepted) {
            house.ask(
                    attacker,
                    dialect.leave(),
                    Map.of(dialect.dialect().equals("webrtc") ? "callRoomId" : "roomId", "r"));
            attack(dialect);
        }
    }

    private static boolean isShort(Object value) {
        return value instanceof String text && text.length() < HUGE;
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static boolean isSmall(Object value) {
        return switch (value) {
            case String text -> text.length() < HUGE;
            case List<?> list -> list.size() < 10;
            case Map<?, ?> map -> map.isEmpty();
            case byte[] _ -> false;
            case null, default -> true;
        };
    }
}
