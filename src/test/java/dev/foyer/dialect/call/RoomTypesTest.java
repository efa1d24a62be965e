package dev.foyer.dialect.call;

import static dev.foyer.dialect.call.CallHouse.list;
import static dev.foyer.dialect.call.CallHouse.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.socketio.DisconnectReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cinemas, houses and private rooms in this dialect's words. */
class RoomTypesTest {
    private final CallHouse house = new CallHouse();

    private FakeSocket join(String callId, String id, String type, String role) {
        FakeSocket socket = house.connect(id);
        house.data(socket, "joinRoom", Map.of("callId", callId, "userId", "user-" + id, "type", type, "role", role));
        return socket;
    }

    private FakeSocket enter(String id) {
        FakeSocket socket = house.connect(id);
        house.data(
                socket,
                "joinRoom",
                Map.of(
                        "callId",
                        "villa",
                        "userId",
                        "user-" + id,
                        "mesh",
                        true,
                        "options",
                        Map.of("rooms", List.of("library", "garden"))));
        return socket;
    }

    @Test
    void whatACinemaShowsIsTimedByTheServer() {
        FakeSocket host = join("c", "h", "cinema", "moderator");
        FakeSocket viewer = join("c", "v", "cinema", "audience");
        String url = "https://films.example/a.mp4";
        house.data(host, "playback", Map.of("url", url, "position", 10, "playing", true, "at", 7));
        Map<String, Object> shown = object(viewer.heard("playback").getFirst());
        assertEquals(
                Map.of("url", url, "position", 10.0, "playing", true, "rate", 1.0, "at", house.loop.nowMillis()),
                shown);
        house.loop.advance(2_000);
        Map<String, Object> late =
                house.data(house.connect("l"), "joinRoom", Map.of("callId", "c", "userId", "l", "role", "audience"));
        assertEquals(12.0, object(late.get("playback")).get("position"));
        Map<String, Object> corrected = house.data(viewer, "drift", Map.of("position", 12.5));
        assertEquals(0.5, corrected.get("drift"));
        assertEquals(12.0, object(corrected.get("playback")).get("position"));
        assertEquals("FORBIDDEN", house.code(viewer, "playback", Map.of("url", url, "position", 0, "playing", true)));
    }

    @Test
    void viewersAreAskedOnStage() {
        FakeSocket host = join("c", "h", "cinema", "moderator");
        FakeSocket viewer = join("c", "v", "cinema", "audience");
        assertEquals("FORBIDDEN", house.code(viewer, "stage", Map.of("on", true)));
        assertEquals("FORBIDDEN", house.code(viewer, "inviteOnStage", Map.of("peerId", "v")));
        house.data(host, "inviteOnStage", Map.of("peerId", "v"));
        assertEquals(
                Map.of("peerId", "h", "userId", "user-h", "expiresAt", house.loop.nowMillis() + 60_000),
                viewer.heard("stageInvitation").getFirst());
        house.data(viewer, "stage", Map.of("on", false));
        assertEquals(
                Map.of("peerId", "v", "userId", "user-v"),
                host.heard("stageDeclined").getFirst());
        house.data(host, "inviteOnStage", Map.of("peerId", "v"));
        house.data(viewer, "stage", Map.of("on", true));
        assertEquals("speaker", object(host.heard("roleChanged").getFirst()).get("role"));
    }

    @Test
    void movingKeepsSocketIdAndSeat() {
        FakeSocket ada = enter("a");
        FakeSocket bob = enter("b");
        house.data(ada, "updatePeer", Map.of("displayName", "Ada"));
        Map<String, Object> moved = house.data(ada, "move", Map.of("room", "library"));
        assertEquals("a", moved.get("peerId"));
        assertEquals("villa/library", object(moved.get("room")).get("id"));
        assertEquals("library", object(moved.get("house")).get("room"));
        assertEquals(
                Map.of("peerId", "a", "userId", "user-a"), bob.heard("peerLeft").getFirst());
        // What it says now is said there.
        house.data(ada, "chat", Map.of("text", "hello"));
        assertEquals(List.of(), bob.heard("chat"));

        Map<String, Object> met = house.data(bob, "move", Map.of("room", "library"));
        assertEquals("Ada", list(met.get("peers")).getFirst().get("displayName"));
        house.data(ada, "move", Map.of("room", "lobby"));
        assertEquals(2, house.rooms.roomCount());
    }

    @Test
    void guestsHearWhoIsWhere() {
        FakeSocket ada = enter("a");
        FakeSocket bob = enter("b");
        house.data(bob, "move", Map.of("room", "garden"));
        house.loop.advance(2_000);
        List<Map<String, Object>> rooms =
                list(object(ada.heard("house").getLast()).get("rooms"));
        assertTrue(rooms.contains(Map.of(
                "name", "garden", "participants", 1, "guests", List.of(Map.of("peerId", "b", "userId", "user-b")))));
    }

    @Test
    void whoCannotMoveStays() {
        FakeSocket ada = enter("a");
        assertEquals("ROOM_NOT_FOUND", house.code(ada, "move", Map.of("room", "cellar")));
        assertEquals("INVALID_MESSAGE", house.code(ada, "move", Map.of("room", "lobby")));
        assertEquals("INVALID_MESSAGE", house.code(ada, "move", Map.of("room", "")));
        house.data(ada, "getProducers", Map.of());
        assertEquals("NOT_IN_ROOM", house.code(house.connect("x"), "move", Map.of("room", "library")));
    }

    @Test
    void disconnectingLeavesTheRoomThatOneMovedTo() {
        FakeSocket ada = enter("a");
        house.data(ada, "move", Map.of("room", "library"));
        ada.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.advance(2_000);
        assertEquals(0, house.rooms.roomCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "lobby", "", "/"})
    void namesOfRoomsArePlain(String name) {
        assertEquals(
                "INVALID_MESSAGE",
                house.code(
                        house.connect("a"),
                        "joinRoom",
                        Map.of("callId", "v", "userId", "u", "options", Map.of("rooms", List.of(name)))));
    }

    @Test
    void namesOfRoomsDiffer() {
        assertEquals(
                "INVALID_MESSAGE",
                house.code(
                        house.connect("a"),
                        "joinRoom",
                        Map.of("callId", "v", "userId", "u", "options", Map.of("rooms", List.of("x", "x")))));
    }

    @Test
    void privateRoomsAreJoinedByInvitation() {
        FakeSocket ada = house.connect("a");
        house.data(ada, "createRoom", Map.of("callId", "p", "type", "private"));
        Object wayBack = house.data(ada, "joinRoom", Map.of("callId", "p", "userId", "ada"))
                .get("invitation");
        FakeSocket bob = house.connect("b");
        Map<String, Object> asked = Map.of("callId", "p", "userId", "bob");
        assertEquals("INVITATION_NEEDED", house.code(bob, "joinRoom", asked));

        Map<String, Object> invitation = house.data(ada, "invite", Map.of());
        assertEquals(1, invitation.get("uses"));
        assertEquals(house.loop.nowMillis() + 3_600_000, invitation.get("expiresAt"));
        assertNotEquals(wayBack, invitation.get("invitation"));
        Map<String, Object> shown = Map.of("callId", "p", "userId", "bob", "invitation", invitation.get("invitation"));
        assertNull(house.data(bob, "joinRoom", shown).get("invitation"));
        assertEquals("FORBIDDEN", house.code(bob, "invite", Map.of()));

        house.data(ada, "revokeInvitation", Map.of("invitation", invitation.get("invitation")));
        house.data(bob, "leaveRoom", Map.of());
        assertEquals("INVITATION_NEEDED", house.code(bob, "joinRoom", shown));
        assertFalse(house.rooms.summaries().iterator().next().listed());
    }

    @Test
    void tokenForThePrivateRoomOpensIt() {
        FakeSocket ada = house.connect("a");
        house.data(ada, "joinRoom", Map.of("callId", "p", "userId", "ada", "type", "private"));
        FakeSocket bob = house.connect("b", new Identity("bob", null, "p", null, null));
        house.data(bob, "joinRoom", Map.of("callId", "p"));
        FakeSocket cem = house.connect("c", new Identity("cem", null, null, null, null));
        assertEquals("INVITATION_NEEDED", house.code(cem, "joinRoom", Map.of("callId", "p")));
    }
}
