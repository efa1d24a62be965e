package dev.foyer.dialect.call;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.EventRouter;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.SocketDialects;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.IceServer;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.ManualLoop;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The dialect over real rooms, with sockets on which a test plays the clients. */
final class CallHouse {
    final ManualLoop loop = new ManualLoop();
    final FakeMediaPlane plane = new FakeMediaPlane();
    final Rooms rooms;
    private final SocketDialects dialect;
    private Identity identity = Identity.guest();

    CallHouse() {
        EventRouter router = new EventRouter();
        rooms = new Rooms(
                "node",
                List.of(loop),
                new InMemoryRoomDirectory(),
                plane,
                _ -> List.of(new IceServer(List.of("stun:localhost"), null, null)),
                router,
                RoomSettings.defaults());
        dialect = new SocketDialects(rooms, _ -> identity, List.of(CallDialect.PROTOCOL)).routedBy(router);
    }

    FakeSocket connect(String id) {
        return connect(id, Identity.guest());
    }

    FakeSocket connect(String id, Identity as) {
        identity = as;
        FakeSocket socket = new FakeSocket(id);
        dialect.connected(socket);
        return socket;
    }

    /** Connects and joins the room {@code r} as a client that can do a mesh. */
    FakeSocket joined(String id) {
        FakeSocket socket = connect(id);
        data(socket, "joinRoom", Map.of("callId", "r", "userId", "user-" + id, "mesh", true));
        return socket;
    }

    Map<String, Object> ask(FakeSocket socket, String event, Object... args) {
        List<Object> replies = socket.request(event, args);
        loop.run();
        if (replies.size() != 1) {
            throw new AssertionError(event + " was answered " + replies.size() + " times");
        }
        return object(replies.getFirst());
    }

    /** The data of a request that succeeds. */
    Map<String, Object> data(FakeSocket socket, String event, Object... args) {
        Map<String, Object> reply = ask(socket, event, args);
        if (!Boolean.TRUE.equals(reply.get("success"))) {
            throw new AssertionError(event + " failed: " + reply);
        }
        return object(reply.get("data"));
    }

    /** The code of a request that fails. */
    String code(FakeSocket socket, String event, Object... args) {
        Map<String, Object> reply = ask(socket, event, args);
        if (!Boolean.FALSE.equals(reply.get("success"))) {
            throw new AssertionError(event + " succeeded: " + reply);
        }
        return (String) reply.get("code");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object json) {
        return (List<Map<String, Object>>) json;
    }

    static Map<String, Object> without(Map<String, Object> map, String key) {
        Map<String, Object> copy = new HashMap<>(map);
        copy.remove(key);
        return copy;
    }
}
