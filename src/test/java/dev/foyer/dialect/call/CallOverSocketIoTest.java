package dev.foyer.dialect.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.EventRouter;
import dev.foyer.dialect.SocketDialects;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import dev.foyer.room.VertxLoop;
import dev.foyer.socketio.SocketIoOptions;
import dev.foyer.socketio.SocketIoServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialect over real connections, with the official Java client. */
class CallOverSocketIoTest {
    private static final long SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> clients = new ArrayList<>();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        EventRouter router = new EventRouter();
        Rooms rooms = new Rooms(
                "node",
                List.of(new VertxLoop(vertx), new VertxLoop(vertx)),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                router,
                RoomSettings.defaults());
        SocketDialects dialect =
                new SocketDialects(rooms, _ -> Identity.guest(), List.of(CallDialect.PROTOCOL)).routedBy(router);
        SocketIoServer socketIo = new SocketIoServer(vertx, SocketIoOptions.defaults());
        socketIo.of("/").onConnection(dialect::connected);
        HttpServer server = vertx.createHttpServer(socketIo.configure(new HttpServerOptions()))
                .requestHandler(socketIo::handle)
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        clients.forEach(Socket::close);
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void clientsMeetTalkAndPart() throws Exception {
        Socket alice = connect();
        Socket bob = connect();
        JSONObject joined = ask(alice, "joinRoom", json("callId", "r", "userId", "alice", "mesh", true));
        assertEquals("p2p", joined.getString("mode"));
        assertEquals(1, joined.getInt("epoch"));
        assertTrue(
                joined.getJSONObject("rtpCapabilities").getJSONArray("codecs").length() > 0);

        CompletableFuture<JSONObject> peerJoined = next(alice, "peerJoined");
        joined = ask(bob, "joinRoom", json("callId", "r", "userId", "bob", "mesh", true));
        JSONArray peers = joined.getJSONArray("peers");
        assertEquals("alice", peers.getJSONObject(0).getString("userId"));
        assertFalse(peers.getJSONObject(0).getBoolean("polite"));
        assertEquals(bob.id(), await(peerJoined).getString("peerId"));

        CompletableFuture<JSONObject> signal = next(alice, "signal");
        JSONObject description = json("type", "offer", "sdp", "v=0\r\n");
        ask(bob, "signal", json("to", alice.id(), "epoch", 1, "description", description));
        assertEquals(bob.id(), await(signal).getString("from"));
        assertEquals("v=0\r\n", await(signal).getJSONObject("description").getString("sdp"));

        JSONObject transport = ask(bob, "createTransport", json("direction", "recv"));
        assertEquals(
                "udp", transport.getJSONArray("iceCandidates").getJSONObject(0).getString("protocol"));
        assertEquals("auto", transport.getJSONObject("dtlsParameters").getString("role"));

        CompletableFuture<JSONObject> peerLeft = next(alice, "peerLeft");
        String bobsId = bob.id();
        bob.disconnect();
        assertEquals(bobsId, await(peerLeft).getString("peerId"));
    }

    @Test
    void plainClientsChangeTheMode() throws Exception {
        Socket mesh = connect();
        ask(mesh, "joinRoom", json("callId", "r", "userId", "m", "mesh", true));
        CompletableFuture<JSONObject> changed = next(mesh, "modeChanged");
        CompletableFuture<JSONObject> committed = next(mesh, "modeCommitted");
        Socket plain = connect();
        assertEquals(
                "sfu",
                ask(plain, "joinRoom", json("callId", "r", "userId", "p")).getString("mode"));
        assertEquals("not-mesh-capable", await(changed).getString("reason"));
        ask(mesh, "modeReady", json("epoch", await(changed).getInt("epoch")));
        assertEquals(await(changed).getInt("epoch"), await(committed).getInt("epoch"));
    }

    @Test
    void nonsenseIsAnsweredAndTheConnectionLives() throws Exception {
        Socket client = connect();
        CompletableFuture<JSONObject> error = next(client, "error");
        client.emit("produce", new JSONArray(), 7, "x");
        assertEquals("INVALID_MESSAGE", await(error).getString("code"));
        assertEquals("produce", await(error).getString("event"));
        CompletableFuture<JSONObject> binary = new CompletableFuture<>();
        client.emit("createRoom", new Object[] {new byte[] {1, 2, 3}}, (Ack)
                reply -> binary.complete((JSONObject) reply[0]));
        assertEquals("INVALID_MESSAGE", await(binary).getString("code"));
        assertEquals("r", ask(client, "createRoom", json("callId", "r")).getString("callId"));
    }

    private Socket connect() throws Exception {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        Socket socket = IO.socket(URI.create("http://127.0.0.1:" + port), options);
        clients.add(socket);
        CompletableFuture<Void> connected = new CompletableFuture<>();
        socket.once(Socket.EVENT_CONNECT, _ -> connected.complete(null));
        socket.once(
                Socket.EVENT_CONNECT_ERROR,
                failure -> connected.completeExceptionally(new IllegalStateException(String.valueOf(failure[0]))));
        socket.connect();
        connected.get(SECONDS, TimeUnit.SECONDS);
        return socket;
    }

    private static CompletableFuture<JSONObject> next(Socket socket, String event) {
        CompletableFuture<JSONObject> heard = new CompletableFuture<>();
        socket.once(event, args -> heard.complete((JSONObject) args[0]));
        return heard;
    }

    private static JSONObject ask(Socket socket, String event, JSONObject message) throws Exception {
        CompletableFuture<JSONObject> reply = new CompletableFuture<>();
        socket.emit(event, new Object[] {message}, (Ack) args -> reply.complete((JSONObject) args[0]));
        JSONObject answer = await(reply);
        assertTrue(answer.getBoolean("success"), answer::toString);
        return answer.getJSONObject("data");
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    private static JSONObject json(Object... pairs) throws JSONException {
        JSONObject object = new JSONObject();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }
}
