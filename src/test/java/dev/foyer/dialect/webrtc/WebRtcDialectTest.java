package dev.foyer.dialect.webrtc;

import static dev.foyer.dialect.PlainHouse.ANSWER;
import static dev.foyer.dialect.PlainHouse.CANDIDATE;
import static dev.foyer.dialect.PlainHouse.NOW;
import static dev.foyer.dialect.PlainHouse.OFFER;
import static dev.foyer.dialect.PlainHouse.SDP;
import static dev.foyer.dialect.PlainHouse.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.PlainHouse;
import dev.foyer.socketio.DisconnectReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What clients of the dialect see. */
class WebRtcDialectTest {
    private final PlainHouse house = new PlainHouse();

    private FakeSocket joined(String id, String... rooms) {
        FakeSocket socket = house.connect(id);
        for (String room : rooms) {
            house.send(socket, "webrtc:join-room", Map.of("callRoomId", room, "userId", "user-" + id));
        }
        return socket;
    }

    private static Map<String, Object> participant(String id) {
        return Map.of("socketId", id, "userId", "user-" + id, "role", "speaker", "joinedAt", NOW);
    }

    private static Map<String, Object> to(String room, String target) {
        return Map.of("callRoomId", room, "targetSocketId", target);
    }

    @Test
    void firstJoinerSettlesTheMetadata() {
        FakeSocket a = house.connect("a");
        Map<String, Object> metadata =
                Map.of("groupId", "g", "callType", "x", "createdBy", "forged", "createdAt", "forged");
        house.send(
                a,
                "webrtc:join-room",
                Map.of("callRoomId", "r", "callType", "audio", "metadata", metadata, "userId", "user-a"));
        Map<String, Object> settled =
                Map.of("groupId", "g", "callType", "audio", "createdAt", NOW, "createdBy", "user-a");
        assertEquals(
                List.of(Map.of(
                        "callRoomId",
                        "r",
                        "participantCount",
                        1,
                        "existingParticipants",
                        List.of(),
                        "metadata",
                        settled)),
                a.heard("webrtc:room-joined"));
        FakeSocket b = house.connect("b");
        Map<String, Object> reply = house.success(
                b, "webrtc:join-room", Map.of("callRoomId", "r", "callType", "video", "metadata", Map.of("y", 1)));
        assertEquals(
                Map.of(
                        "callRoomId",
                        "r",
                        "participantCount",
                        2,
                        "existingParticipants",
                        List.of(participant("a")),
                        "metadata",
                        settled),
                reply);
        assertEquals(List.of(reply), b.heard("webrtc:room-joined"), "said by event as well");
        assertEquals(
                List.of(Map.of(
                        "callRoomId",
                        "r",
                        "participant",
                        Map.of("socketId", "b", "userId", "b", "role", "speaker", "joinedAt", NOW))),
                a.heard("webrtc:participant-joined"),
                "who says no name goes by its socket id");
    }

    @Test
    void roomMadeByAnotherDialectHasMetadataToo() {
        house.success(house.connect("c"), "createRoom", Map.of("callId", "r"));
        Map<String, Object> reply = house.success(joined("a"), "webrtc:join-room", Map.of("callRoomId", "r"));
        assertEquals(Map.of("callType", "video", "createdAt", NOW), reply.get("metadata"));
    }

    @Test
    void socketMayBeInSeveralRooms() {
        FakeSocket a = joined("a", "r", "s");
        FakeSocket b = joined("b", "r", "s");
        assertEquals(2, a.heard("webrtc:participant-joined").size());
        assertEquals(Map.of("callRoomId", "r"), house.success(b, "webrtc:leave-room", Map.of("callRoomId", "r")));
        assertEquals(List.of(Map.of("callRoomId", "r")), b.heard("webrtc:room-left"));
        assertEquals(
                List.of(Map.of("callRoomId", "r", "participant", participant("b"))),
                a.heard("webrtc:participant-left"));
        b.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.run();
        assertEquals(
                List.of(Map.of("callRoomId", "s", "participant", participant("b"))),
                a.heard("webrtc:participant-left"));
    }

    @Test
    void signalsPassAsTheyCameUnderTheServersOwnSender() {
        FakeSocket a = joined("a", "r");
        FakeSocket b = joined("b", "r");
        Map<String, Object> forged = Map.of("fromSocketId", "forged", "fromUserId", "forged", "sdpMid", "0", "x", 1);
        Map<String, Object> sender = Map.of("callRoomId", "r", "fromSocketId", "a", "fromUserId", "user-a");
        house.send(a, "webrtc:offer", with(with(to("r", "b"), "offer", OFFER, "sdpMLineIndex", 0), entries(forged)));
        assertEquals(
                List.of(with(sender, "offer", OFFER, "sdpMLineIndex", 0, "sdpMid", "0", "x", 1)),
                b.heard("webrtc:offer"));
        assertEquals(Map.of(), house.success(b, "webrtc:answer", with(to("r", "a"), "answer", ANSWER)));
        assertEquals(
                List.of(Map.of("callRoomId", "r", "fromSocketId", "b", "fromUserId", "user-b", "answer", ANSWER)),
                a.heard("webrtc:answer"));
        house.send(a, "webrtc:ice-candidate", with(with(to("r", "b"), "candidate", CANDIDATE), entries(forged)));
        house.send(a, "webrtc:ice-candidate", with(to("r", "b"), "candidate", null));
        assertEquals(
                List.of(with(sender, "candidate", CANDIDATE, "sdpMid", "0", "x", 1), with(sender, "candidate", null)),
                b.heard("webrtc:ice-candidate"));
        assertEquals(List.of(), a.heard("webrtc:signaling-error"));
    }

    private static Object[] entries(Map<String, Object> map) {
        return map.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }

    @Test
    void candidateWithoutTargetGoesToEverybodyElse() {
        FakeSocket a = joined("a", "r");
        FakeSocket b = joined("b", "r");
        FakeSocket c = joined("c", "r");
        for (String id : List.of("b", "c")) {
            house.send(a, "webrtc:offer", with(to("r", id), "offer", OFFER));
        }
        house.send(b, "webrtc:answer", with(to("r", "a"), "answer", ANSWER));
        house.send(c, "webrtc:answer", with(to("r", "a"), "answer", ANSWER));
        house.send(a, "webrtc:ice-candidate", Map.of("callRoomId", "r", "candidate", CANDIDATE));
        assertEquals(1, b.heard("webrtc:ice-candidate").size());
        assertEquals(1, c.heard("webrtc:ice-candidate").size());
        assertEquals(List.of(), a.heard("webrtc:ice-candidate"));
    }

    @Test
    void everyFailureIsASignalingError() {
        FakeSocket a = house.connect("a");
        house.send(a, "webrtc:offer", with(to("nowhere", "b"), "offer", OFFER));
        assertEquals(
                List.of(Map.of("error", "Room not found", "code", "ROOM_NOT_FOUND", "timestamp", NOW)),
                a.heard("webrtc:signaling-error"));
        house.send(a, "webrtc:join-room", Map.of("callRoomId", 7));
        assertEquals(
                List.of(Map.of(
                        "error", "Invalid message",
                        "code", "INVALID_MESSAGE",
                        "details", "Invalid message: callRoomId must be a string of 1 to 256 printable characters",
                        "timestamp", NOW)),
                a.heard("webrtc:signaling-error"));
        house.send(a, "webrtc:no-such-event", Map.of());
        assertEquals(
                "INVALID_MESSAGE", a.heard("webrtc:signaling-error").getFirst().get("code"));
        a.listener().onRateLimited("webrtc:offer", null, 250);
        Map<String, Object> limited = a.heard("webrtc:signaling-error").getFirst();
        assertEquals("RATE_LIMITED", limited.get("code"));
        assertEquals(250L, limited.get("retryAfterMs"));
        assertEquals(List.of(), a.emitted, "and nothing else");
        assertEquals("ROOM_NOT_FOUND", house.code(a, "webrtc:leave-room", Map.of("callRoomId", "r")));
        assertEquals(List.of(), a.emitted, "an acknowledged failure is said once");
    }

    @Test
    void nothingReachesAnotherRoom() {
        FakeSocket victim = joined("victim", "closed");
        FakeSocket a = joined("a", "r");
        victim.emitted.clear();
        for (String field : List.of("offer", "answer", "candidate")) {
            String event = field.equals("candidate") ? "webrtc:ice-candidate" : "webrtc:" + field;
            Map<String, Object> value = Map.of("type", field, "sdp", SDP);
            assertEquals("PARTICIPANT_NOT_FOUND", house.code(a, event, with(to("r", "victim"), field, value)), event);
            house.send(a, event, with(to("closed", "victim"), field, value));
            assertEquals(
                    "NOT_IN_ROOM", a.heard("webrtc:signaling-error").getFirst().get("code"), event);
        }
        Map<String, Object> toAll = Map.of("callRoomId", "closed", "candidate", CANDIDATE);
        assertEquals("NOT_IN_ROOM", house.code(a, "webrtc:ice-candidate", toAll));
        assertEquals("NOT_IN_ROOM", house.code(a, "webrtc:leave-room", Map.of("callRoomId", "closed")));
        assertEquals(List.of(), victim.emitted);
    }

    @Test
    void signalsBeforeJoiningAndAfterLeavingAreRefused() {
        FakeSocket victim = joined("victim", "r");
        FakeSocket a = house.connect("a");
        assertOutside(a);
        house.send(a, "webrtc:join-room", Map.of("callRoomId", "r"));
        house.send(a, "webrtc:leave-room", Map.of("callRoomId", "r"));
        assertOutside(a);
        assertEquals(
                List.of("webrtc:room-joined", "webrtc:participant-joined", "webrtc:participant-left"),
                victim.emitted.stream().map(FakeSocket.Emitted::event).toList());
    }

    private void assertOutside(FakeSocket socket) {
        for (String event : List.of("webrtc:offer", "webrtc:answer", "webrtc:ice-candidate", "webrtc:leave-room")) {
            Map<String, Object> message =
                    with(to("r", "victim"), "offer", OFFER, "answer", ANSWER, "candidate", CANDIDATE);
            house.send(socket, event, message);
            assertEquals(
                    "NOT_IN_ROOM",
                    socket.heard("webrtc:signaling-error").getFirst().get("code"),
                    event);
        }
    }

    @Test
    void removalAndEndOfTheRoomAreErrorsAndADeparture() {
        FakeSocket a = joined("a", "r");
        a.emitted.clear();
        house.rooms.closeAll("shutdown");
        house.loop.run();
        assertEquals("ROOM_CLOSED", a.heard("webrtc:signaling-error").getFirst().get("code"));
        assertEquals(List.of(Map.of("callRoomId", "r")), a.heard("webrtc:room-left"));
        assertEquals(List.of(), a.emitted);
    }

    @Test
    void tokenNamesTheUser() {
        FakeSocket a = house.connect("a", new Identity("tom", null, null, null, null));
        Map<String, Object> other = Map.of("callRoomId", "r", "userId", "ann");
        assertEquals("FORBIDDEN", house.code(a, "webrtc:join-room", other));
        house.success(a, "webrtc:join-room", Map.of("callRoomId", "r"));
        FakeSocket b = joined("b", "r");
        assertTrue(b.heard("webrtc:room-joined").toString().contains("userId=tom"));
    }

    @Test
    void warnsAtMostOnceASecond() {
        long[] millis = {0};
        ForeignRoomLog log = new ForeignRoomLog(() -> Instant.ofEpochMilli(millis[0]));
        assertTrue(log.refused("a", "r", "webrtc:offer"));
        millis[0] = 999;
        assertFalse(log.refused("a", "r", "webrtc:offer"));
        millis[0] = 1_000;
        assertTrue(log.refused("a", "r", "webrtc:offer"));
    }
}
