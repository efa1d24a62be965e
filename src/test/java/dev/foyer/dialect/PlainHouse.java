package dev.foyer.dialect;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.guide.GuideDialect;
import dev.foyer.dialect.signaling.SignalingDialect;
import dev.foyer.dialect.webrtc.WebRtcDialect;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.IceServer;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.ManualLoop;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dialects of plain clients over real rooms, with sockets on which a test plays the clients. */
public final class PlainHouse {
    /** When everything happens. */
    public static final String NOW = "2023-11-14T22:13:20Z";

    public static final String SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    public static final Map<String, Object> OFFER = Map.of("type", "offer", "sdp", SDP);
    public static final Map<String, Object> ANSWER = Map.of("type", "answer", "sdp", SDP);
    public static final Map<String, Object> CANDIDATE =
            Map.of("candidate", "candidate:1 1 udp 1 127.0.0.1 9 typ host", "sdpMid", "0", "sdpMLineIndex", 0);

    public final ManualLoop loop = new ManualLoop();
    public final FakeMediaPlane plane = new FakeMediaPlane();
    public final Rooms rooms;
    private final SocketDialects main;
    private final SocketDialects signaling;
    private Identity identity = Identity.guest();

    public PlainHouse() {
        EventRouter router = new EventRouter();
        rooms = new Rooms(
                "node",
                List.of(loop),
                new InMemoryRoomDirectory(),
                plane,
                _ -> List.of(new IceServer(List.of("stun:localhost"), null, null)),
                router,
                RoomSettings.defaults());
        main = new SocketDialects(
                        rooms,
                        _ -> identity,
                        List.of(
                                CallDialect.PROTOCOL,
                                new WebRtcDialect(() -> Instant.parse(NOW)),
                                GuideDialect.PROTOCOL))
                .routedBy(router);
        signaling = new SocketDialects(rooms, _ -> identity, List.of(SignalingDialect.PROTOCOL)).routedBy(router);
    }

    /** A socket of the main namespace. */
    public FakeSocket connect(String id) {
        return connect(main, id, Identity.guest());
    }

    /** A socket of the main namespace with a token. */
    public FakeSocket connect(String id, Identity as) {
        return connect(main, id, as);
    }

    /** A socket of the namespace {@code /signaling}. */
    public FakeSocket connectSignaling(String id) {
        return connect(signaling, id, Identity.guest());
    }

    /** A socket of the namespace {@code /signaling} with a token. */
    public FakeSocket connectSignaling(String id, Identity as) {
        return connect(signaling, id, as);
    }

    /** The client emits an event without a callback, and the rooms do what follows. */
    public void send(FakeSocket socket, String event, Object... args) {
        socket.send(event, args);
        loop.run();
    }

    /** What an event is acknowledged with. */
    public Map<String, Object> ask(FakeSocket socket, String event, Object... args) {
        List<Object> replies = socket.request(event, args);
        loop.run();
        if (replies.size() != 1) {
            throw new AssertionError(event + " was answered " + replies.size() + " times");
        }
        return object(replies.getFirst());
    }

    /** The acknowledgement of an event that succeeds, without {@code success}. */
    public Map<String, Object> success(FakeSocket socket, String event, Object... args) {
        Map<String, Object> reply = new LinkedHashMap<>(ask(socket, event, args));
        if (!Boolean.TRUE.equals(reply.remove("success"))) {
            throw new AssertionError(event + " failed: " + reply);
        }
        return reply;
    }

    /** The code of an event that fails. */
    public String code(FakeSocket socket, String event, Object... args) {
        Map<String, Object> reply = ask(socket, event, args);
        if (!Boolean.FALSE.equals(reply.get("success"))) {
            throw new AssertionError(event + " succeeded: " + reply);
        }
        return (String) reply.get("code");
    }

    /** A message with more fields. */
    public static Map<String, Object> with(Map<String, Object> message, Object... more) {
        Map<String, Object> copy = new LinkedHashMap<>(message);
        for (int i = 0; i < more.length; i += 2) {
            copy.put((String) more[i], more[i + 1]);
        }
        return copy;
    }

    private FakeSocket connect(SocketDialects dialects, String id, Identity as) {
        identity = as;
        FakeSocket socket = new FakeSocket(id);
        dialects.connected(socket);
        return socket;
    }

    @SuppressWarnings("unchecked") // What dialects send is JSON.
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }
}
