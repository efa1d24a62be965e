package dev.foyer.dialect.guide;

import static dev.foyer.dialect.PlainHouse.ANSWER;
import static dev.foyer.dialect.PlainHouse.CANDIDATE;
import static dev.foyer.dialect.PlainHouse.NOW;
import static dev.foyer.dialect.PlainHouse.OFFER;
import static dev.foyer.dialect.PlainHouse.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.PlainHouse;
import dev.foyer.socketio.DisconnectReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clients of the dialect see. */
class GuideDialectTest {
    private static final Map<String, Object> STATE =
            Map.of("video", true, "audio", false, "screenShare", false, "quality", "4k");

    private final PlainHouse house = new PlainHouse();

    private FakeSocket joined(String id, String... rooms) {
        FakeSocket socket = house.connect(id);
        for (String room : rooms) {
            house.send(socket, "join-room", Map.of("roomId", room, "userId", "user-" + id, "mediaState", STATE));
        }
        return socket;
    }

    private FakeSocket joinedCinema(String id) {
        FakeSocket socket = house.connect(id);
        house.send(
                socket,
                "join-room",
                Map.of("roomId", "c", "userId", "user-" + id, "mediaState", STATE, "type", "cinema"));
        return socket;
    }

    private static Map<String, Object> participant(String id) {
        return Map.of(
                "id",
                "user-" + id,
                "socketId",
                id,
                "userId",
                "user-" + id,
                "role",
                "participant",
                "mediaState",
                STATE,
                "joinedAt",
                NOW);
    }

    @Test
    void newcomerSeesTheRoomWithItselfInIt() {
        FakeSocket a = joined("a", "r");
        assertEquals(
                List.of(Map.of(
                        "roomId", "r",
                        "type", "mansion",
                        "mode", "p2p",
                        "participants", List.of(participant("a")),
                        "metadata", Map.of())),
                a.heard("room-state"));
        FakeSocket b = house.connect("b");
        Map<String, Object> reply = house.success(
                b,
                "join-room",
                Map.of("roomId", "r", "userId", "user-b", "mediaState", STATE, "role", "speaker", "type", "cinema"));
        assertEquals("mansion", reply.get("type"), "the first to join settles it");
        assertEquals(List.of(participant("a"), participant("b")), reply.get("participants"));
        assertEquals(List.of(reply), b.heard("room-state"), "said by event as well");
        assertEquals(
                List.of(Map.of("userId", "user-b", "socketId", "b", "role", "participant", "mediaState", STATE)),
                a.heard("user-joined"));
    }

    @Test
    void whoSaysNothingOfItsMediaHasTheStateOfItsRole() {
        FakeSocket a = joined("a", "r");
        FakeSocket phone = house.connectSignaling("p");
        house.send(phone, "join-room", Map.of("roomId", "r", "userId", "phone"));
        house.send(house.connect("w"), "webrtc:join-room", Map.of("callRoomId", "r", "role", "moderator"));
        assertEquals(
                List.of(
                        Map.of(
                                "userId", "phone",
                                "socketId", "p",
                                "role", "viewer",
                                "mediaState",
                                        Map.of(
                                                "video",
                                                false,
                                                "audio",
                                                false,
                                                "screenShare",
                                                false,
                                                "quality",
                                                "high")),
                        Map.of(
                                "userId", "w",
                                "socketId", "w",
                                "role", "host",
                                "mediaState",
                                        Map.of("video", true, "audio", true, "screenShare", false, "quality", "high"))),
                a.heard("user-joined"));
    }

    @Test
    void whoLeavesOrIsGoneIsToldToTheOthers() {
        FakeSocket a = joined("a", "r");
        FakeSocket b = joined("b", "r");
        FakeSocket c = joined("c", "r");
        assertEquals(Map.of("roomId", "r"), house.success(b, "leave-room", Map.of("roomId", "r")));
        assertEquals(List.of(Map.of("userId", "user-b", "socketId", "b")), a.heard("user-left"));
        c.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.run();
        assertEquals(List.of(Map.of("userId", "user-c", "socketId", "c")), a.heard("user-left"));
    }

    @Test
    void signalsReachOnlyTheirTarget() {
        FakeSocket a = joined("a", "r");
        FakeSocket b = joined("b", "r");
        FakeSocket c = joined("c", "r");
        Map<String, Object> toB = Map.of("targetUserId", "user-b", "fromUserId", "forged", "fromSocketId", "forged");
        Map<String, Object> sender = Map.of("fromUserId", "user-a", "fromSocketId", "a");
        house.send(a, "webrtc-offer", with(toB, "offer", OFFER, "x", 1));
        assertEquals(List.of(with(sender, "offer", OFFER, "x", 1)), b.heard("webrtc-offer"));
        assertEquals(
                Map.of(),
                house.success(b, "webrtc-answer", Map.of("roomId", "r", "targetUserId", "user-a", "answer", ANSWER)));
        assertEquals(
                List.of(Map.of("fromUserId", "user-b", "fromSocketId", "b", "answer", ANSWER)),
                a.heard("webrtc-answer"));
        house.send(a, "ice-candidate", with(toB, "candidate", CANDIDATE));
        house.send(a, "ice-candidate", with(toB, "candidate", null));
        assertEquals(
                List.of(with(sender, "candidate", CANDIDATE), with(sender, "candidate", null)),
                b.heard("ice-candidate"));
        assertEquals(
                List.of("room-state"),
                c.emitted.stream().map(FakeSocket.Emitted::event).toList());
        assertEquals(List.of(), a.heard("error"));
    }

    @Test
    void targetMeansTheLatestSocketOfAUser() {
        FakeSocket a = joined("a", "r");
        FakeSocket first = house.connect("b1");
        FakeSocket second = house.connect("b2");
        for (FakeSocket socket : List.of(first, second)) {
            house.send(socket, "join-room", Map.of("roomId", "r", "userId", "bob"));
        }
        house.send(a, "webrtc-offer", Map.of("targetUserId", "bob", "offer", OFFER));
        assertEquals(1, second.heard("webrtc-offer").size());
        assertEquals(List.of(), first.heard("webrtc-offer"));
    }

    @Test
    void roomMayBeLeftOutOnlyInOne() {
        FakeSocket a = joined("a", "r", "s");
        FakeSocket b = joined("b", "r");
        Map<String, Object> offer = Map.of("targetUserId", "user-b", "offer", OFFER);
        assertEquals("INVALID_MESSAGE", house.code(a, "webrtc-offer", offer));
        assertEquals("INVALID_MESSAGE", house.code(a, "start-screen-share"));
        assertEquals(List.of(), b.heard("webrtc-offer"));
        house.success(a, "webrtc-offer", with(offer, "roomId", "r"));
        assertEquals(1, b.heard("webrtc-offer").size());
        house.success(a, "leave-room", Map.of("roomId", "s"));
        house.success(a, "start-screen-share");
        assertEquals(1, b.heard("screen-share-started").size());
    }

    @Test
    void screenAndMediaStateReachTheOthersAndWhoComesLater() {
        FakeSocket a = joined("a", "r");
        FakeSocket b = joined("b", "r");
        a.emitted.clear();
        house.send(a, "start-screen-share");
        assertEquals(List.of(Map.of("userId", "user-a")), b.heard("screen-share-started"));
        FakeSocket c = joined("c", "r");
        List<?> participants = (List<?>) c.heard("room-state").getFirst().get("participants");
        assertEquals(with(STATE, "screenShare", true), ((Map<?, ?>) participants.getFirst()).get("mediaState"));
        house.send(a, "stop-screen-share");
        assertEquals(List.of(Map.of("userId", "user-a")), b.heard("screen-share-stopped"));
        assertEquals(List.of(), b.heard("media-state-changed"), "it is said once");
        Map<String, Object> muted = with(STATE, "audio", false, "video", false);
        house.send(a, "media-state", Map.of("mediaState", muted));
        assertEquals(List.of(Map.of("userId", "user-a", "mediaState", muted)), b.heard("media-state-changed"));
        assertEquals(
                List.of("user-joined"),
                a.emitted.stream().map(FakeSocket.Emitted::event).toList());
    }

    @Test
    void viewerSharesNoScreen() {
        FakeSocket a = joined("a", "r");
        FakeSocket viewer = house.connect("v", new Identity("v", null, null, null, Set.of(Grant.SUBSCRIBE)));
        house.send(viewer, "join-room", Map.of("roomId", "r"));
        assertEquals("FORBIDDEN", house.code(viewer, "start-screen-share"));
        assertEquals(List.of(), a.heard("screen-share-started"));
    }

    @Test
    void thirdInACinemaShowsEachParticipantOneTransport() {
        FakeSocket a = joinedCinema("a");
        FakeSocket b = joinedCinema("b");
        assertEquals(List.of(), a.heard("transport-created"));
        FakeSocket c = joinedCinema("c");
        FakeSocket d = joinedCinema("d");
        assertEquals("sfu", d.heard("room-state").getFirst().get("mode"));
        for (FakeSocket socket : List.of(a, b, c, d)) {
            List<Map<String, Object>> transports = socket.heard("transport-created");
            assertEquals(1, transports.size());
            assertTrue(transports
                    .getFirst()
                    .keySet()
                    .containsAll(Set.of("id", "iceParameters", "iceCandidates", "dtlsParameters")));
        }
        house.loop.advance(60_000);
        assertEquals(List.of(), a.heard("transport-created"));
    }

    @Test
    void nothingReachesAnotherRoom() {
        FakeSocket victim = joined("victim", "closed");
        FakeSocket a = joined("a", "r");
        victim.emitted.clear();
        Map<String, Object> message = Map.of(
                "targetUserId", "user-victim",
                "offer", OFFER,
                "answer", ANSWER,
                "candidate", CANDIDATE,
                "mediaState", STATE);
        for (String event : List.of("webrtc-offer", "webrtc-answer", "ice-candidate")) {
            assertEquals("PARTICIPANT_NOT_FOUND", house.code(a, event, message), event);
        }
        for (String event : EVENTS_OF_A_ROOM) {
            house.send(a, event, with(message, "roomId", "closed"));
            Map<String, Object> error = a.heard("error").getFirst();
            assertEquals("NOT_IN_ROOM", error.get("code"), event);
            assertEquals("Not in room", error.get("message"));
            assertEquals(event, error.get("event"));
            assertEquals("ROOM_NOT_FOUND", house.code(a, event, with(message, "roomId", "nowhere")), event);
        }
        assertEquals(List.of(), victim.emitted);
    }

    private static final List<String> EVENTS_OF_A_ROOM = List.of(
            "webrtc-offer",
            "webrtc-answer",
            "ice-candidate",
            "start-screen-share",
            "stop-screen-share",
            "media-state",
            "leave-room");

    @Test
    void eventsBeforeJoiningAndAfterLeavingAreRefused() {
        FakeSocket victim = joined("victim", "r");
        FakeSocket a = house.connect("a");
        assertOutside(a);
        house.send(a, "join-room", Map.of("roomId", "r", "userId", "u"));
        house.send(a, "leave-room", Map.of("roomId", "r"));
        assertOutside(a);
        assertEquals(
                List.of("room-state", "user-joined", "user-left"),
                victim.emitted.stream().map(FakeSocket.Emitted::event).toList());
    }

    private void assertOutside(FakeSocket socket) {
        Map<String, Object> message = Map.of(
                "targetUserId", "user-victim",
                "offer", OFFER,
                "answer", ANSWER,
                "candidate", CANDIDATE,
                "mediaState", STATE);
        for (String event : EVENTS_OF_A_ROOM) {
            house.send(socket, event, message);
            assertEquals("NOT_IN_ROOM", socket.heard("error").getFirst().get("code"), event);
            assertEquals("NOT_IN_ROOM", house.code(socket, event, with(message, "roomId", "r")), event);
        }
    }

    @Test
    void refusedJoinIsAnErrorWithAMessage() {
        FakeSocket a = house.connect("a");
        house.send(a, "join-room", Map.of("roomId", "r", "userId", "u", "type", "castle"));
        Map<String, Object> error = a.heard("error").getFirst();
        assertEquals("INVALID_MESSAGE", error.get("code"));
        assertEquals(error.get("error"), error.get("message"));
        assertEquals("join-room", error.get("event"));
        assertEquals(
                "INVALID_MESSAGE", house.code(a, "join-room", Map.of("roomId", "r")), "a guest has to say who it is");
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void endOfTheRoomIsAnError() {
        FakeSocket a = joined("a", "r");
        house.rooms.closeAll("shutdown");
        house.loop.run();
        assertEquals("ROOM_CLOSED", a.heard("error").getFirst().get("code"));
    }
}
