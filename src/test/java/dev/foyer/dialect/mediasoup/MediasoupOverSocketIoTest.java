package dev.foyer.dialect.mediasoup;

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
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialect over real connections, with the official Java client, on the main namespace and its alias. */
class MediasoupOverSocketIoTest {
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
        SocketDialects dialects =
                new SocketDialects(rooms, _ -> Identity.guest(), List.of(MediasoupDialect.PROTOCOL)).routedBy(router);
        SocketIoServer socketIo = new SocketIoServer(vertx, SocketIoOptions.defaults());
        socketIo.of("/").onConnection(dialects::connected);
        socketIo.of("/ws").onConnection(dialects::connected);
        port = vertx.createHttpServer(socketIo.configure(new HttpServerOptions()))
                .requestHandler(socketIo::handle)
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        clients.forEach(Socket::close);
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void clientsOfBothNamespacesMeet() throws Exception {
        Socket ada = connect("/");
        Socket bob = connect("/ws");
        CompletableFuture<JSONObject> created = next(ada, "mediasoup:room-created");
        ada.emit("mediasoup:create-room", new JSONObject().put("roomId", "r"));
        assertEquals("r", await(created).getJSONObject("room").getString("id"));

        JSONObject joined = ask(ada, "mediasoup:join-room", new JSONObject().put("roomId", "r"));
        assertTrue(joined.getBoolean("success"));
        CompletableFuture<JSONObject> announced = next(ada, "mediasoup:participant-joined");
        CompletableFuture<JSONObject> bobJoined = next(bob, "mediasoup:room-joined");
        bob.emit(
                "mediasoup:join-room",
                new JSONObject().put("roomId", "r").put("participantData", new JSONObject().put("name", "Bob")));
        JSONObject bobAsAdaSeesHim = await(announced).getJSONObject("participant");
        assertEquals(bob.id(), bobAsAdaSeesHim.getString("id"));
        assertEquals("Bob", bobAsAdaSeesHim.getJSONObject("data").getString("name"));
        assertEquals(
                2,
                await(bobJoined)
                        .getJSONObject("room")
                        .getJSONArray("participants")
                        .length());

        CompletableFuture<JSONObject> newProducer = next(bob, "mediasoup:new-producer");
        JSONObject transport = ask(
                        ada,
                        "mediasoup:create-transport",
                        new JSONObject().put("roomId", "r").put("direction", "send"))
                .getJSONObject("transport");
        JSONObject produced = ask(
                ada,
                "mediasoup:create-producer",
                new JSONObject()
                        .put("roomId", "r")
                        .put("transportId", transport.getString("id"))
                        .put("kind", "video")
                        .put("rtpParameters", new JSONObject(MediasoupDialectTest.VIDEO)));
        assertEquals(
                produced.getJSONObject("producer").toString(),
                await(newProducer).getJSONObject("producer").toString());

        CompletableFuture<JSONObject> left = next(bob, "mediasoup:participant-left");
        ada.close();
        assertEquals(
                produced.getJSONObject("producer").getString("participantId"),
                await(left).getString("participantId"));
    }

    @Test
    void failuresAreToldWithAndWithoutCallback() throws Exception {
        Socket ada = connect("/ws");
        JSONObject reply = ask(ada, "mediasoup:join-room", new JSONObject().put("roomId", "none"));
        assertFalse(reply.getBoolean("success"));
        assertEquals("Room not found", reply.getString("error"));
        CompletableFuture<JSONObject> error = next(ada, "error");
        ada.emit("mediasoup:join-room", new JSONObject().put("roomId", "none"));
        assertEquals("ROOM_NOT_FOUND", await(error).getString("code"));
    }

    private Socket connect(String namespace) throws Exception {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(new String[] {"websocket"})
                .build();
        Socket socket = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options);
        clients.add(socket);
        CompletableFuture<Void> connected = new CompletableFuture<>();
        socket.on(Socket.EVENT_CONNECT, _ -> connected.complete(null));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                failure -> connected.completeExceptionally(new IllegalStateException(String.valueOf(failure[0]))));
        socket.connect();
        await(connected);
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
        return await(reply);
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }
}
