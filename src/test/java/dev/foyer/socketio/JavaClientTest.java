package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.socket.client.IO;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Java client against the server. */
class JavaClientTest {
    private TestServer server;
    private io.socket.client.Socket client;
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final RecordingListener heard = new RecordingListener();

    @BeforeEach
    void start() {
        server = new TestServer(SocketIoOptions.defaults());
        for (String name : List.of("/", "/other")) {
            server.socketIo.of(name).onConnection(socket -> {
                socket.listener(heard);
                sockets.add(socket);
            });
        }
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private io.socket.client.Socket client(String namespace, String... transports) {
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(Map.of("token", "t"))
                .build();
        client = IO.socket(java.net.URI.create(server.url() + namespace), options);
        return client;
    }

    /** Connects the client, and waits until both sides know. */
    private Socket connect(io.socket.client.Socket client) throws Exception {
        CompletableFuture<Object[]> opened = once(client, io.socket.client.Socket.EVENT_CONNECT);
        client.connect();
        TestServer.await(opened);
        return connected();
    }

    private Socket connected() throws InterruptedException {
        Socket socket = sockets.poll(10, TimeUnit.SECONDS);
        assertNotNull(socket);
        return socket;
    }

    private static CompletableFuture<Object[]> once(io.socket.client.Socket client, String event) {
        CompletableFuture<Object[]> args = new CompletableFuture<>();
        client.once(event, args::complete);
        return args;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void exchangesEventsAcksAndBinary(String transports) throws Exception {
        io.socket.client.Socket client = client("/other", transports.split(","));
        Socket socket = connect(client);
        assertEquals(client.id(), socket.id());
        assertEquals(Map.of("token", "t"), socket.handshake().auth());
        assertEquals("/other", socket.handshake().namespace());

        CompletableFuture<Object[]> acked = new CompletableFuture<>();
        client.emit("ask", new Object[] {1, "zwei", new byte[] {3}}, acked::complete);
        heard.next();
        Object[] reply = TestServer.await(acked);
        assertEquals(1, reply[0]);
        assertEquals("zwei", reply[1]);
        assertArrayEquals(new byte[] {3}, (byte[]) reply[2]);

        client.on("question", args -> ((io.socket.client.Ack) args[1]).call("answer", args[0]));
        CompletableFuture<AckReply> answer = new CompletableFuture<>();
        socket.emitWithAck(Duration.ofSeconds(10), answer::complete, "question", 42);
        assertEquals(new AckReply.Received(List.of("answer", 42)), TestServer.await(answer));

        CompletableFuture<Object[]> told = once(client, "told");
        socket.emit("told", Map.of("bytes", new byte[] {5, 6}, "text", "é"));
        JSONObject object = (JSONObject) TestServer.await(told)[0];
        assertArrayEquals(new byte[] {5, 6}, (byte[]) object.get("bytes"));
        assertEquals("é", object.get("text"));
    }

    @Test
    void losesNothingWhileItUpgrades() throws Exception {
        io.socket.client.Socket client = client("/", "polling", "websocket");
        BlockingQueue<Integer> numbers = new LinkedBlockingQueue<>();
        client.on("n", args -> numbers.add((Integer) args[0]));
        Socket socket = connect(client);
        for (int i = 0; i < 2_000; i++) {
            socket.emit("n", i);
        }
        for (int i = 0; i < 2_000; i++) {
            assertEquals(i, numbers.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void isRefusedByNamespacesThatAreNot() throws Exception {
        io.socket.client.Socket client = client("/unknown", "websocket");
        CompletableFuture<Object[]> refused = once(client, io.socket.client.Socket.EVENT_CONNECT_ERROR);
        client.connect();
        assertEquals("Invalid namespace", message(refused));
    }

    @Test
    void learnsWhyItIsRefused() throws Exception {
        server.socketIo
                .of("/")
                .middleware(_ -> CompletableFuture.supplyAsync(
                        () -> new ConnectDecision.Reject("unauthorized", Map.of("code", 7))));
        io.socket.client.Socket client = client("/", "websocket");
        CompletableFuture<Object[]> refused = once(client, io.socket.client.Socket.EVENT_CONNECT_ERROR);
        client.connect();
        JSONObject error = (JSONObject) TestServer.await(refused)[0];
        assertEquals("unauthorized", error.get("message"));
        assertEquals(7, error.getJSONObject("data").get("code"));
    }

    @Test
    void isToldWhenItsMiddlewareFails() throws Exception {
        server.socketIo.of("/").middleware(_ -> CompletableFuture.failedFuture(new IllegalStateException()));
        io.socket.client.Socket client = client("/", "websocket");
        CompletableFuture<Object[]> refused = once(client, io.socket.client.Socket.EVENT_CONNECT_ERROR);
        client.connect();
        assertEquals("Internal error", message(refused));
    }

    private static String message(CompletableFuture<Object[]> refused) throws Exception {
        return ((JSONObject) TestServer.await(refused)[0]).getString("message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void hearsWhatWasSaidBeforeItIsDisconnected(String transport) throws Exception {
        io.socket.client.Socket client = client("/", transport);
        CompletableFuture<Object[]> last = once(client, "last");
        CompletableFuture<Object[]> gone = once(client, io.socket.client.Socket.EVENT_DISCONNECT);
        Socket socket = connect(client);
        socket.emit("last");
        socket.disconnect(true);
        socket.emit("late");
        TestServer.await(last);
        assertEquals("io server disconnect", TestServer.await(gone)[0]);
        assertEquals("disconnected SERVER", heard.next());
        assertEquals(SocketState.DISCONNECTED, socket.state());
    }

    @Test
    void mayLeave() throws Exception {
        io.socket.client.Socket client = client("/", "websocket");
        connect(client);
        client.disconnect();
        assertEquals("disconnected CLIENT", heard.next());
    }

    @Test
    void isReachedByABroadcast() throws Exception {
        io.socket.client.Socket client = client("/", "websocket");
        CompletableFuture<Object[]> news = once(client, "news");
        connect(client);
        Namespace namespace = server.socketIo.of("/");
        try (RawClient raw = new RawClient(server).send("40")) {
            raw.next("40");
            connected();
            namespace.emitTo(namespace.sockets(), "news", 1);
            assertEquals(1, TestServer.await(news)[0]);
            raw.next("42[\"news\",1,");
        }
    }
}
