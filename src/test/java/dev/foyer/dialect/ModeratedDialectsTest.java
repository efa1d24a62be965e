package dev.foyer.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.mediasoup.MediasoupDialect;
import dev.foyer.room.Moderation;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomReply;
import dev.foyer.room.TopologyMode;
import dev.foyer.socketio.DisconnectReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What moderators say in the words of {@code call}, and what clients of every dialect hear of it. */
class ModeratedDialectsTest {
    private final PlainHouse house = new PlainHouse();

    private FakeSocket host(Map<String, Object> options) {
        FakeSocket host = house.connect("host");
        Map<String, Object> join = Map.of("callId", "r", "userId", "hanna", "role", "host", "options", options);
        house.success(host, "joinRoom", join);
        return host;
    }

    private FakeSocket call(String id) {
        FakeSocket socket = house.connect(id);
        house.success(socket, "joinRoom", Map.of("callId", "r", "userId", "user-" + id));
        return socket;
    }

    private void moderate(FakeSocket host, String peerId, String action, Object... more) {
        Map<String, Object> message = PlainHouse.with(Map.of("peerId", peerId, "action", action), more);
        house.success(host, "moderate", message);
    }

    @Test
    void moderationInTheWordsOfCall() {
        FakeSocket host = host(Map.of());
        FakeSocket ann = call("ann");
        moderate(host, "ann", "mute");
        Map<String, Object> muted = new LinkedHashMap<>(
                Map.of("peerId", "ann", "userId", "user-ann", "kind", "audio", "muted", true, "by", "host"));
        assertEquals(List.of(muted), ann.heard("peerMuted"));
        assertEquals(List.of(muted), host.heard("peerMuted"));
        moderate(host, "ann", "stopVideo");
        assertEquals("video", ann.heard("peerMuted").getFirst().get("kind"));
        moderate(host, "ann", "unmute");
        assertEquals(2, ann.heard("peerMuted").size());
        moderate(host, "ann", "setRole", "role", "viewer");
        assertEquals(
                List.of(Map.of("peerId", "ann", "userId", "user-ann", "role", "audience", "by", "host")),
                ann.heard("roleChanged"));
        house.success(host, "lockRoom", Map.of());
        assertEquals(List.of(Map.of("locked", true)), ann.heard("roomUpdated"));
        assertEquals("ROOM_LOCKED", house.code(house.connect("b"), "joinRoom", Map.of("callId", "r", "userId", "bob")));
        moderate(host, "ann", "kick", "reason", "bye");
        Map<String, Object> error = ann.heard("error").getFirst();
        assertEquals("KICKED", error.get("code"));
        assertEquals("joinRoom", error.get("event"));
        assertEquals("bye", error.get("reason"));
        assertEquals("NOT_IN_ROOM", house.code(ann, "chat", Map.of("text", "hello")));
        assertEquals(1, host.heard("peerLeft").size());
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("peerId", "host", "action", "praise"),
                Map.of("peerId", "host", "action", "setRole"),
                Map.of("peerId", "host", "action", "ban", "durationMs", 0),
                Map.of("peerId", "host", "action", "mute", "kind", "smell"),
                Map.of("action", "mute"))) {
            assertEquals("INVALID_MESSAGE", house.code(host, "moderate", wrong), wrong.toString());
        }
    }

    @Test
    void bannedUserStaysOutForAsLongAsIsSaid() {
        FakeSocket host = host(Map.of());
        FakeSocket ann = call("ann");
        moderate(host, "ann", "ban", "durationMs", 60_000);
        assertEquals("BANNED", ann.heard("error").getFirst().get("code"));
        Map<String, Object> join = Map.of("callId", "r", "userId", "user-ann");
        assertEquals("BANNED", house.code(ann, "joinRoom", join));
        Map<String, Object> elsewhere = Map.of("roomId", "r", "userId", "user-ann");
        assertEquals("BANNED", house.code(house.connectSignaling("s"), "join-room", elsewhere));
        house.loop.advance(60_000);
        house.success(ann, "joinRoom", join);
    }

    @Test
    void kickedClientsOfPlainDialectsAreToldAndOut() {
        FakeSocket host = host(Map.of());
        FakeSocket signaling = house.connectSignaling("s");
        house.send(signaling, "join-room", Map.of("roomId", "r", "userId", "sam", "role", "speaker"));
        FakeSocket webrtc = house.connect("w");
        house.send(webrtc, "webrtc:join-room", Map.of("callRoomId", "r", "userId", "wanda"));
        FakeSocket guide = house.connect("g");
        house.send(guide, "join-room", Map.of("roomId", "r", "userId", "gus", "mediaState", Map.of()));
        for (String id : List.of("s", "w", "g")) {
            moderate(host, id, "kick");
        }
        assertEquals("KICKED", signaling.heard("error").getFirst().get("code"));
        assertEquals("KICKED", guide.heard("error").getFirst().get("code"));
        assertEquals("KICKED", webrtc.heard("webrtc:signaling-error").getFirst().get("code"));
        assertEquals(1, webrtc.heard("webrtc:room-left").size());
        assertEquals(3, host.heard("peerLeft").size());
        assertEquals(
                "NOT_IN_ROOM",
                house.code(signaling, "ice-candidate", PlainHouse.with(PlainHouse.CANDIDATE, "to", "host")));
        assertEquals("NOT_IN_ROOM", house.code(guide, "media-state", Map.of("roomId", "r", "mediaState", Map.of())));
        assertEquals(1, house.rooms.participantCount());
    }

    @Test
    void kickedClientOfMediasoupHasLeftTheRoom() {
        DialectHouse other = new DialectHouse(CallDialect.PROTOCOL, MediasoupDialect.PROTOCOL);
        FakeSocket host = other.connect("host");
        other.done(host, "joinRoom", Map.of("callId", "r", "userId", "hanna", "role", "host"));
        FakeSocket guest = other.connect("g");
        other.done(guest, "mediasoup:join-room", Map.of("roomId", "r", "participantData", Map.of()));
        other.done(host, "moderate", Map.of("peerId", "g", "action", "kick"));
        Map<String, Object> left = guest.heard("mediasoup:room-left").getFirst();
        assertEquals("r", left.get("roomId"));
        assertEquals("KICKED", left.get("reason"));
        assertEquals(
                "NOT_IN_ROOM",
                other.code(guest, "mediasoup:create-transport", Map.of("roomId", "r", "direction", "send")));
    }

    @Test
    void lobbyOfEveryDialect() {
        FakeSocket host = host(Map.of("lobby", true));
        FakeSocket ann = house.connect("ann");
        Map<String, Object> join = Map.of("callId", "r", "userId", "ann", "displayName", "Ann");
        assertEquals("LOBBY", house.code(ann, "joinRoom", join));
        assertEquals(List.of(Map.of("userId", "ann", "displayName", "Ann")), host.heard("lobbyEntered"));
        FakeSocket signaling = house.connectSignaling("s");
        Map<String, Object> seat = Map.of("roomId", "r", "userId", "sam", "role", "speaker");
        house.send(signaling, "join-room", seat);
        assertEquals("LOBBY", signaling.heard("join-room-error").getFirst().get("code"));
        house.success(host, "admit", Map.of("userId", "ann"));
        house.success(host, "admit", Map.of("userId", "sam"));
        assertEquals(List.of(Map.of("callId", "r")), ann.heard("admitted"));
        assertEquals(2, host.heard("lobbyLeft").size());
        house.success(ann, "joinRoom", join);
        house.success(signaling, "join-room", seat);
        FakeSocket eve = house.connect("eve");
        assertEquals("LOBBY", house.code(eve, "joinRoom", Map.of("callId", "r", "userId", "eve")));
        house.success(host, "deny", Map.of("userId", "eve"));
        assertEquals(List.of(Map.of("callId", "r")), eve.heard("denied"));
        assertEquals("PARTICIPANT_NOT_FOUND", house.code(host, "admit", Map.of("userId", "eve")));
    }

    @Test
    void whoDisconnectsWaitsNoLonger() {
        FakeSocket host = host(Map.of("lobby", true));
        FakeSocket ann = house.connect("ann");
        assertEquals("LOBBY", house.code(ann, "joinRoom", Map.of("callId", "r", "userId", "ann")));
        ann.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.run();
        assertEquals(List.of(Map.of("userId", "ann")), host.heard("lobbyLeft"));
    }

    @Test
    void nobodyWaitsInMoreRoomsThanItMayBeIn() {
        FakeSocket ann = house.connect("ann");
        for (int i = 0; i < 32; i++) {
            Map<String, Object> join = Map.of("callId", "r" + i, "userId", "ann", "options", Map.of("lobby", true));
            assertEquals("LOBBY", house.code(ann, "joinRoom", join));
        }
        assertEquals("FORBIDDEN", house.code(ann, "joinRoom", Map.of("callId", "r", "userId", "ann")));
    }

    @Test
    void limitsAndEndOfARoomAreOptions() {
        long now = house.loop.nowMillis();
        FakeSocket host = host(Map.of("maxHosts", 1, "maxSpeakers", 1, "maxViewers", 1, "endsAt", now + 1000));
        call("a");
        for (String role : List.of("host", "participant")) {
            assertEquals(
                    "ROOM_FULL",
                    house.code(house.connect("b"), "joinRoom", Map.of("callId", "r", "userId", "bob", "role", role)));
        }
        house.loop.advance(1000);
        assertEquals(List.of(Map.of("reason", "ended")), host.heard("roomClosed"));
        Map<String, Object> again = Map.of("callId", "r", "userId", "hanna", "options", Map.of("endsAt", now));
        assertEquals("ROOM_CLOSED", house.code(host, "joinRoom", again));
        Map<String, Object> kept = Map.of("callId", "r", "userId", "hanna", "options", Map.of("keptEmptyMs", 5000));
        house.success(host, "joinRoom", kept);
        house.success(host, "leaveRoom", Map.of());
        house.loop.advance(4999);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void muteMovesAMeshOfPlainClientsToTheServer() {
        for (String id : List.of("a", "b")) {
            Map<String, Object> join = Map.of("roomId", "r", "userId", id, "role", "speaker");
            house.success(house.connectSignaling(id), "join-room", join);
        }
        assertEquals(TopologyMode.P2P, house.rooms.summaries().iterator().next().mode());
        CompletableFuture<RoomReply.Done> muted = new CompletableFuture<>();
        house.rooms.administer("r", new RoomCommand.Moderate("a", new Moderation.Mute(null)), muted);
        house.loop.run();
        assertTrue(muted.isDone());
        assertEquals(TopologyMode.SFU, house.rooms.summaries().iterator().next().mode());
    }
}
