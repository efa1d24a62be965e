package dev.foyer.dialect.signaling;

import static dev.foyer.dialect.PlainHouse.CANDIDATE;
import static dev.foyer.dialect.PlainHouse.OFFER;
import static dev.foyer.dialect.PlainHouse.SDP;
import static dev.foyer.dialect.PlainHouse.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.PlainHouse;
import dev.foyer.socketio.DisconnectReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clients of the dialect see. */
class SignalingDialectTest {
    private static final long UNANSWERED_MILLIS = 5_500;

    private final PlainHouse house = new PlainHouse();

    private FakeSocket joined(String id) {
        return joined(id, "r");
    }

    private FakeSocket joined(String id, String roomId) {
        FakeSocket socket = house.connectSignaling(id);
        house.send(socket, "join-room", Map.of("roomId", roomId, "userId", "user-" + id, "role", "speaker"));
        return socket;
    }

    @Test
    void newcomerIsConfirmedAndTheOthersHearOfIt() {
        FakeSocket a = house.connectSignaling("a");
        house.send(a, "join-room", Map.of("roomId", "r", "userId", "ann", "role", "moderator"));
        assertEquals(
                List.of(Map.of(
                        "roomId", "r",
                        "userId", "ann",
                        "role", "moderator",
                        "success", true,
                        "participants", List.of())),
                a.heard("room-joined"));
        FakeSocket b = house.connectSignaling("b");
        Map<String, Object> reply = house.success(b, "join-room", Map.of("roomId", "r", "userId", "bob"));
        assertEquals("audience", reply.get("role"), "who does not say is a listener");
        assertEquals(Set.of("roomId", "userId", "role", "participants"), reply.keySet());
        assertEquals(1, b.heard("room-joined").size(), "said by event as well");
        assertEquals(List.of(Map.of("peerId", "b", "userId", "bob", "role", "audience")), a.heard("peer-joined"));
        // A listener is not in a mesh; the server's offer in the other's name is not answered.
        house.loop.advance(UNANSWERED_MILLIS);
        assertEquals(
                Map.of("peerId", "a", "userId", "ann", "role", "moderator"),
                b.heard("peer-joined").getFirst());
        assertEquals(List.of(), a.heard("error"));
    }

    @Test
    void participantsOfTheOtherDialectsAreThereToo() {
        FakeSocket web = house.connect("w");
        house.send(web, "webrtc:join-room", Map.of("callRoomId", "r", "userId", "web", "role", "host"));
        FakeSocket a = joined("a");
        // The server's offer in the other's name is not answered.
        house.loop.advance(UNANSWERED_MILLIS);
        assertTrue(
                a.heard("peer-joined").contains(Map.of("peerId", "w", "userId", "web", "role", "moderator")),
                "in this dialect's words");
        assertEquals(1, web.heard("webrtc:participant-joined").size());
        assertEquals(1, a.heard("peer-left").size(), "begun anew");
        house.send(web, "webrtc:leave-room", Map.of("callRoomId", "r"));
        assertEquals(List.of(Map.of("peerId", "w", "userId", "web")), a.heard("peer-left"));
    }

    @Test
    void signalsPassAsTheyCameUnderTheServersOwnSender() {
        FakeSocket a = joined("a");
        FakeSocket b = joined("b");
        Map<String, Object> extra = Map.of("x", Arrays.asList(1, null));
        house.send(a, "offer", with(OFFER, "to", "b", "from", "forged", "extra", extra));
        assertEquals(List.of(with(OFFER, "from", "a", "extra", extra)), b.heard("offer"));
        assertEquals(
                Map.of(),
                house.success(b, "answer", Map.of("type", "answer", "sdp", SDP, "to", "a", "from", "forged")));
        assertEquals(List.of(Map.of("type", "answer", "sdp", SDP, "from", "b")), a.heard("answer"));
        Map<String, Object> bare = Map.of("candidate", "candidate:1", "sdpMid", "", "sdpMLineIndex", 0);
        house.send(a, "ice-candidate", with(bare, "to", "b", "from", "forged"));
        house.send(a, "ice-candidate", with(Map.of(), "to", "b", "candidate", CANDIDATE));
        house.send(a, "ice-candidate", with(Map.of(), "to", "b", "candidate", null));
        assertEquals(
                List.of(
                        with(bare, "from", "a"),
                        Map.of("from", "a", "candidate", CANDIDATE),
                        with(Map.of("from", "a"), "candidate", null)),
                b.heard("ice-candidate"));
        assertEquals(List.of(), a.heard("error"));
        assertEquals(List.of(), b.heard("error"));
    }

    @Test
    void crossingOfferIsDroppedInSilence() {
        FakeSocket a = joined("a");
        FakeSocket b = joined("b");
        house.send(a, "offer", with(OFFER, "to", "b"));
        house.send(b, "offer", with(OFFER, "to", "a"));
        assertEquals(1, b.heard("offer").size());
        assertEquals(List.of(), a.heard("offer"));
        assertEquals(List.of(), b.heard("error"));
    }

    @Test
    void whoLeavesOrIsGoneIsToldToTheOthers() {
        FakeSocket a = joined("a");
        FakeSocket b = joined("b");
        FakeSocket c = joined("c");
        assertEquals(Map.of("roomId", "r"), house.success(b, "leave-room", Map.of("roomId", "r")));
        assertEquals(List.of(Map.of("peerId", "b", "userId", "user-b")), a.heard("peer-left"));
        c.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.run();
        assertEquals(List.of(Map.of("peerId", "c", "userId", "user-c")), a.heard("peer-left"));
        assertEquals(Map.of("roomId", "r"), house.success(a, "leave-room"));
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void joiningAnotherRoomLeavesTheFirst() {
        FakeSocket a = joined("a");
        FakeSocket b = joined("b");
        house.send(b, "join-room", Map.of("roomId", "other", "userId", "u"));
        assertEquals(1, a.heard("peer-left").size());
        assertEquals("PARTICIPANT_NOT_FOUND", house.code(a, "offer", with(OFFER, "to", "b")));
        assertEquals(List.of(), b.heard("offer"));
    }

    @Test
    void nothingReachesAnotherRoom() {
        FakeSocket victim = joined("victim", "closed");
        FakeSocket a = joined("a");
        victim.emitted.clear();
        for (String event : List.of("offer", "answer", "ice-candidate")) {
            Map<String, Object> message =
                    Map.of("type", event, "sdp", SDP, "candidate", CANDIDATE, "to", "victim", "roomId", "closed");
            house.send(a, event, message);
            Map<String, Object> error = a.heard("error").getFirst();
            assertEquals("PARTICIPANT_NOT_FOUND", error.get("code"), event);
            assertEquals("Participant not found", error.get("error"));
            assertEquals(error.get("error"), error.get("message"));
            assertEquals(event, error.get("event"));
            assertEquals("PARTICIPANT_NOT_FOUND", house.code(a, event, message));
        }
        assertEquals("NOT_IN_ROOM", house.code(a, "leave-room", Map.of("roomId", "closed")));
        assertEquals("ROOM_NOT_FOUND", house.code(a, "leave-room", Map.of("roomId", "nowhere")));
        assertEquals(List.of(), victim.emitted);
    }

    @Test
    void signalsBeforeJoiningAndAfterLeavingAreRefused() {
        FakeSocket victim = joined("victim");
        FakeSocket a = house.connectSignaling("a");
        assertOutside(a);
        house.send(a, "join-room", Map.of("roomId", "r", "userId", "u"));
        house.send(a, "leave-room", Map.of("roomId", "r"));
        assertOutside(a);
        assertEquals(
                List.of("room-joined", "peer-joined", "peer-left"),
                victim.emitted.stream().map(FakeSocket.Emitted::event).toList());
    }

    private void assertOutside(FakeSocket socket) {
        for (String event : List.of("offer", "answer", "ice-candidate", "leave-room")) {
            Map<String, Object> message = Map.of("type", event, "sdp", SDP, "candidate", CANDIDATE, "to", "victim");
            house.send(socket, event, message);
            assertEquals("NOT_IN_ROOM", socket.heard("error").getFirst().get("code"), event);
            assertEquals("NOT_IN_ROOM", house.code(socket, event, message), event);
        }
    }

    @Test
    void refusedJoinHasItsOwnEvent() {
        FakeSocket a = house.connectSignaling("a");
        house.send(a, "join-room", Map.of("roomId", "r", "userId", "u", "role", "emperor"));
        Map<String, Object> error = a.heard("join-room-error").getFirst();
        assertEquals(Set.of("message", "code"), error.keySet());
        assertEquals("INVALID_MESSAGE", error.get("code"));
        assertEquals(
                "INVALID_MESSAGE", house.code(a, "join-room", Map.of("roomId", "r")), "a guest has to say who it is");
        assertEquals(List.of(), a.emitted, "an acknowledged failure is said once");
        a.listener().onRateLimited("join-room", null, 250);
        assertEquals(250L, a.heard("join-room-error").getFirst().get("retryAfterMs"));
        house.success(
                house.connect("x"), "createRoom", Map.of("callId", "small", "options", Map.of("maxParticipants", 1)));
        joined("taker", "small");
        house.send(a, "join-room", Map.of("roomId", "small", "userId", "u"));
        assertEquals(List.of(Map.of("message", "Room is full", "code", "ROOM_FULL")), a.heard("join-room-error"));
    }

    @Test
    void tokenDecidesWhoSpeaks() {
        FakeSocket a = joined("a");
        FakeSocket t = house.connectSignaling("t", new Identity("tom", "Tom", "r", "host", Set.of(Grant.SUBSCRIBE)));
        assertEquals("FORBIDDEN", house.code(t, "join-room", Map.of("roomId", "r", "userId", "ann")));
        assertEquals("FORBIDDEN", house.code(t, "join-room", Map.of("roomId", "other")));
        Map<String, Object> reply = house.success(t, "join-room", Map.of("roomId", "r", "role", "audience"));
        assertEquals("tom", reply.get("userId"));
        assertEquals("moderator", reply.get("role"));
        assertEquals(List.of(Map.of("peerId", "t", "userId", "tom", "role", "moderator")), a.heard("peer-joined"));
    }

    @Test
    void endOfTheRoomIsAnError() {
        FakeSocket a = joined("a");
        house.rooms.closeAll("shutdown");
        house.loop.run();
        assertEquals("ROOM_CLOSED", a.heard("error").getFirst().get("code"));
        assertEquals("NOT_IN_ROOM", house.code(a, "offer", with(OFFER, "to", "b")));
    }

    @Test
    void eventsOfOtherDialectsAreUnknownHere() {
        FakeSocket a = joined("a");
        for (String event : List.of("joinRoom", "webrtc:join-room", "webrtc-offer", "media-state", "")) {
            assertEquals("INVALID_MESSAGE", house.code(a, event, Map.of()), event);
        }
    }
}
