package dev.foyer.dialect;

import static dev.foyer.dialect.DialectHouse.object;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.guide.GuideDialect;
import dev.foyer.dialect.signaling.SignalingDialect;
import dev.foyer.dialect.webrtc.WebRtcDialect;
import dev.foyer.socketio.DisconnectReason;
import dev.foyer.socketio.SocketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens to clients when their tokens end, with the time by hand. */
class TokenWatchTest {
    private final DialectHouse house =
            new DialectHouse(CallDialect.PROTOCOL, GuideDialect.PROTOCOL, new WebRtcDialect(() -> Instant.EPOCH));
    private final Instant end = house.now.plusSeconds(300);
    private final Identity ada = new Identity("ada", "Ada", "r", "host", null, end);

    @Test
    void warnsOnceAMinuteBefore() {
        FakeSocket socket = joined("a", ada);
        at(end.minusSeconds(61));
        assertEquals(List.of(), socket.heard("tokenExpiring"));

        at(end.minusSeconds(60));
        at(end.minusSeconds(59));
        assertEquals(List.of(Map.of("expiresAt", end.toEpochMilli())), socket.heard("tokenExpiring"));
    }

    @Test
    void saysThatTheTokenHasExpiredAndDisconnects() {
        FakeSocket socket = joined("a", ada);
        at(end.minusMillis(1));
        assertEquals(SocketState.CONNECTED, socket.state);

        at(end);
        Map<String, Object> error = socket.heard("error").getFirst();
        assertEquals("TOKEN_EXPIRED", error.get("code"));
        assertEquals("Token expired", error.get("message"));
        assertEquals("connect", error.get("event"));
        assertEquals(SocketState.DISCONNECTED, socket.state);
        assertEquals(0, house.tokens.count());
    }

    @Test
    void endsSocketsThatAreInNoRoom() {
        FakeSocket socket = house.connect("a", ada);
        at(end.minusSeconds(1));
        assertEquals(1, socket.heard("tokenExpiring").size());

        at(end);
        assertEquals("TOKEN_EXPIRED", socket.heard("error").getFirst().get("code"));
        assertEquals(SocketState.DISCONNECTED, socket.state);
    }

    @Test
    void endsClientsThatAreAwayAndWouldComeBack() {
        FakeSocket socket = joined("a", ada);
        socket.state = SocketState.SUSPENDED;
        socket.listener().onSuspended();
        at(end);

        assertEquals(SocketState.DISCONNECTED, socket.state);
    }

    @Test
    void endsClientsOfOtherDialectsWithoutAWarning() {
        FakeSocket guide = house.connect("g", ada);
        house.send(guide, "join-room", Map.of("roomId", "r", "userId", "ada", "mediaState", Map.of()));
        FakeSocket webrtc = house.connect("w", ada);
        house.done(webrtc, "webrtc:join-room", Map.of("callRoomId", "r", "callType", "video"));
        at(end.minusSeconds(1));
        assertEquals(List.of(), guide.heard("tokenExpiring"));
        assertEquals(List.of(), webrtc.heard("tokenExpiring"));

        at(end);
        assertEquals("TOKEN_EXPIRED", guide.heard("error").getFirst().get("code"));
        assertEquals(
                "TOKEN_EXPIRED",
                webrtc.heard("webrtc:signaling-error").getFirst().get("code"));
        assertEquals(List.of(), webrtc.heard("error"));
        assertEquals(SocketState.DISCONNECTED, guide.state);
        assertEquals(SocketState.DISCONNECTED, webrtc.state);
    }

    @Test
    void endsClientsOfSignaling() {
        DialectHouse other = new DialectHouse(SignalingDialect.PROTOCOL);
        FakeSocket socket = other.connect("s", ada);
        other.send(socket, "join-room", Map.of("roomId", "r", "userId", "ada", "role", "host"));
        other.tokens.check(end);

        assertEquals("TOKEN_EXPIRED", socket.heard("error").getFirst().get("code"));
        assertEquals(SocketState.DISCONNECTED, socket.state);
    }

    @Test
    void watchesNobodyWhoseTokenDoesNotEnd() {
        FakeSocket guest = joined("g", Identity.guest());
        FakeSocket forever = joined("f", new Identity("fay", null, null, null, null));
        assertEquals(0, house.tokens.count());

        at(Instant.MAX.minusSeconds(86_400));
        assertEquals(SocketState.CONNECTED, guest.state);
        assertEquals(SocketState.CONNECTED, forever.state);
    }

    @Test
    void forgetsWhoHasLeft() {
        joined("a", ada).listener().onDisconnected(DisconnectReason.CLIENT);

        assertEquals(0, house.tokens.count());
    }

    @Test
    void keepsAClientThatRenewsItsToken() {
        FakeSocket socket = joined("a", ada);
        FakeSocket bob = joined("b", new Identity("bob", null, null, null, null));
        at(end.minusSeconds(10));
        socket.heard("tokenExpiring");
        Map<String, Object> answer = renew(socket, ada, Duration.ofMinutes(10));

        Instant next = end.minusSeconds(10).plusSeconds(600);
        assertEquals(Map.of("success", true, "data", Map.of("expiresAt", next.toEpochMilli())), answer);
        at(end);
        assertEquals(SocketState.CONNECTED, socket.state);
        assertEquals(List.of(), bob.heard("peerLeft"));
        assertEquals(List.of(), socket.heard("tokenExpiring"));

        at(next.minusSeconds(60));
        assertEquals(List.of(Map.of("expiresAt", next.toEpochMilli())), socket.heard("tokenExpiring"));
        at(next);
        assertEquals(SocketState.DISCONNECTED, socket.state);
    }

    @Test
    void takesMoreGrantsForTheNextJoin() {
        Identity listener = new Identity("lea", null, null, null, Set.of(Grant.SUBSCRIBE), end);
        Identity speaker = new Identity("lea", null, null, null, Set.of(Grant.SUBSCRIBE, Grant.CREATE));
        FakeSocket socket = house.connect("l", listener);
        assertEquals("FORBIDDEN", house.code(socket, "createRoom", Map.of("callId", "new")));

        assertEquals(true, renew(socket, speaker, Duration.ofHours(1)).get("success"));
        house.done(socket, "createRoom", Map.of("callId", "new"));
    }

    @Test
    void refusesTokensForSomethingElse() {
        FakeSocket socket = joined("a", ada);
        for (Identity other : List.of(
                new Identity("bob", "Ada", "r", "host", null),
                new Identity("ada", "Ada", "s", "host", null),
                new Identity("ada", "Ada", null, "host", null),
                new Identity("ada", "Ada", "r", "viewer", null),
                new Identity("ada", "Ada", "r", "host", Set.of()))) {
            assertEquals("FORBIDDEN", renew(socket, other, Duration.ofHours(1)).get("code"));
        }
        at(end);
        assertEquals(SocketState.DISCONNECTED, socket.state, "the old token ends as if nothing had been asked");
    }

    @Test
    void refusesTokensThatAreNoGood() {
        FakeSocket socket = joined("a", ada);
        String old = house.token(ada, Duration.ofSeconds(5));
        at(house.now.plusSeconds(5));

        assertEquals("TOKEN_EXPIRED", house.code(socket, "renewToken", Map.of("token", old)));
        assertEquals("UNAUTHORIZED", house.code(socket, "renewToken", Map.of("token", "x")));
        assertEquals("UNAUTHORIZED", house.code(socket, "renewToken", Map.of("token", old + "A")));
        assertEquals("INVALID_MESSAGE", house.code(socket, "renewToken", Map.of("token", 7)));
        assertEquals("INVALID_MESSAGE", house.code(socket, "renewToken"));
        assertEquals("INVALID_MESSAGE", house.code(socket, "renewToken", Map.of("token", "x".repeat(9_000))));
    }

    @Test
    void refusesGuestsATokenWithoutAConnection() {
        FakeSocket socket = joined("g", Identity.guest());

        assertEquals("FORBIDDEN", renew(socket, ada, Duration.ofHours(1)).get("code"));
    }

    @Test
    void renewsNothingThatHasEnded() {
        FakeSocket socket = joined("a", ada);
        at(end);

        assertEquals("TOKEN_EXPIRED", renew(socket, ada, Duration.ofHours(1)).get("code"));
        assertEquals(0, house.tokens.count());
    }

    /** Without {@code grants} and {@code role} in a token, nobody becomes host by saying so. */
    @Test
    void makesNobodyHostWhoseTokenDoesNotSaySo() {
        assertEquals("speaker", roleSeen("a", new Identity("ada", null, null, null, null)));
        assertEquals("speaker", roleSeen("b", new Identity("bob", null, null, null, Set.of(Grant.PUBLISH))));
        assertEquals("speaker", roleSeen("c", Identity.guest(Set.of(Grant.PUBLISH, Grant.CREATE))));
        assertEquals("moderator", roleSeen("d", new Identity("dan", null, null, null, Set.of(Grant.MODERATE))));
        assertEquals("moderator", roleSeen("e", new Identity("eve", null, null, "host", null)));
        assertEquals("moderator", roleSeen("f", Identity.guest()));
    }

    private Object roleSeen(String id, Identity as) {
        FakeSocket socket = house.connect(id, as);
        String userId = as.userId() == null ? "user-" + id : as.userId();
        house.done(house.connect("watcher-" + id), "joinRoom", Map.of("callId", id, "userId", "watcher"));
        house.done(socket, "joinRoom", Map.of("callId", id, "userId", userId, "role", "host"));
        FakeSocket late = house.connect("late-" + id);
        List<Map<String, Object>> peers =
                DialectHouse.list(object(house.done(late, "joinRoom", Map.of("callId", id, "userId", "late"))
                                .get("data"))
                        .get("peers"));
        Map<String, Object> peer = peers.stream()
                .filter(candidate -> candidate.get("userId").equals(userId))
                .findFirst()
                .orElseThrow();
        return peer.get("role");
    }

    private FakeSocket joined(String id, Identity as) {
        FakeSocket socket = house.connect(id, as);
        String userId = as.userId() == null ? "user-" + id : as.userId();
        house.done(socket, "joinRoom", Map.of("callId", "r", "userId", userId, "mesh", true));
        return socket;
    }

    private Map<String, Object> renew(FakeSocket socket, Identity as, Duration validity) {
        return house.ask(socket, "renewToken", Map.of("token", house.token(as, validity)));
    }

    private void at(Instant now) {
        house.now = now;
        house.tokens.check(now);
        house.loop.run();
    }
}
