package dev.foyer.dialect;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.auth.TokenMint;
import dev.foyer.limit.Limits;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.IceServer;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.ManualLoop;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Some dialects over real rooms, with tokens of a secret, with sockets on which a test plays the clients. */
public final class DialectHouse {
    public final ManualLoop loop = new ManualLoop();
    public final FakeMediaPlane plane = new FakeMediaPlane();
    public final Rooms rooms;

    /** What the clients' tokens are compared with. */
    public Instant now = Instant.parse("2030-01-01T00:00:00Z");

    public final TokenWatch tokens;
    private final AuthSettings auth = new AuthSettings("a secret of thirty-two characters", null, null, false);
    private final SocketDialects dialects;
    private Identity identity = Identity.guest();

    public DialectHouse(Protocol... protocols) {
        EventRouter router = new EventRouter();
        rooms = new Rooms(
                "node",
                List.of(loop),
                new InMemoryRoomDirectory(),
                plane,
                _ -> List.of(new IceServer(List.of("stun:localhost"), null, null)),
                router,
                RoomSettings.defaults());
        tokens = new TokenWatch(new Authenticator(auth, () -> now), Duration.ofMinutes(1));
        dialects = new SocketDialects(rooms, _ -> identity, List.of(protocols), tokens, Limits.none()).routedBy(router);
    }

    /** A token that is good from now on. */
    public String token(Identity of, Duration validity) {
        return new TokenMint(auth, () -> now).mint(of, validity);
    }

    public FakeSocket connect(String id) {
        return connect(id, Identity.guest());
    }

    public FakeSocket connect(String id, Identity as) {
        identity = as;
        FakeSocket socket = new FakeSocket(id);
        dialects.connected(socket);
        return socket;
    }

    /** What a message with a callback is answered. */
    public Map<String, Object> ask(FakeSocket socket, String event, Object... args) {
        List<Object> replies = socket.request(event, args);
        loop.run();
        if (replies.size() != 1) {
            throw new AssertionError(event + " was answered " + replies.size() + " times");
        }
        return object(replies.getFirst());
    }

    /** What a message that succeeds is answered. */
    public Map<String, Object> done(FakeSocket socket, String event, Object... args) {
        Map<String, Object> reply = ask(socket, event, args);
        if (!Boolean.TRUE.equals(reply.get("success"))) {
            throw new AssertionError(event + " failed: " + reply);
        }
        return reply;
    }

    /** The code of a message that fails. */
    public String code(FakeSocket socket, String event, Object... args) {
        Map<String, Object> reply = ask(socket, event, args);
        if (!Boolean.FALSE.equals(reply.get("success"))) {
            throw new AssertionError(event + " succeeded: " + reply);
        }
        return (String) reply.get("code");
    }

    /** Sends a message without a callback. */
    public void send(FakeSocket socket, String event, Object... args) {
        socket.send(event, args);
        loop.run();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> list(Object json) {
        return (List<Map<String, Object>>) json;
    }
}
