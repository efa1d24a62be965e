package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketRecoveryTest {
    private TestServer server;
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final RecordingListener heard = new RecordingListener();

    private void start(RecoveryOptions recovery) {
        server = new TestServer(SocketIoOptions.defaults().withRecovery(recovery));
        server.socketIo.of("/").onConnection(socket -> {
            socket.listener(heard);
            sockets.add(socket);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<?, ?> json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (Map<?, ?>) ((JsonReader.Result.Value) JsonReader.read(bytes, 0, bytes.length, null)).value();
    }

    private static String offset(String event) {
        String array = event.substring(2);
        byte[] bytes = array.getBytes(StandardCharsets.UTF_8);
        return (String)
                ((List<?>) ((JsonReader.Result.Value) JsonReader.read(bytes, 0, bytes.length, null)).value()).getLast();
    }

    private Socket connected() throws InterruptedException {
        Socket socket = sockets.poll(10, TimeUnit.SECONDS);
        assertNotNull(socket);
        return socket;
    }

    private static RawClient resume(TestServer server, String pid, String offset) {
        String suffix = offset == null ? "" : ",\"offset\":\"" + offset + "\"";
        return new RawClient(server).send("40{\"pid\":\"" + pid + "\"" + suffix + "}");
    }

    @Test
    void givesBackTheIdAndWhatWasMissed() throws Exception {
        start(RecoveryOptions.defaults());
        try (RawClient first = new RawClient(server).send("40")) {
            Map<?, ?> greeting = json(first.next("40").substring(2));
            Socket socket = connected();
            assertEquals(socket.id(), greeting.get("sid"));
            assertEquals(socket.pid(), greeting.get("pid"));
            socket.emit("seen", 1);
            String offset = offset(first.next("42"));
            first.vanish();
            assertEquals("suspended", heard.next());
            assertEquals(SocketState.SUSPENDED, socket.state());
            socket.emit("missed", 2);
            socket.emitVolatile("gone", 3);
            socket.emit("missed", new byte[] {4});

            try (RawClient second = resume(server, socket.pid(), offset)) {
                assertEquals(greeting, json(second.next("40").substring(2)));
                assertTrue(second.next().startsWith("42[\"missed\",2,"));
                assertTrue(second.next().startsWith("451-[\"missed\",{\"_placeholder\":true,\"num\":0},"));
                assertEquals("resumed true", heard.next());
                second.send("42[\"hi\"]");
                assertEquals("event hi []", heard.next());
                socket.emit("after");
                assertTrue(second.next().startsWith("42[\"after\","));
                assertTrue(sockets.isEmpty(), "a returned socket is not announced again");
            }
        }
    }

    @Test
    void keepsTheIdButNotTheTokenWhenSomethingIsLost() throws Exception {
        start(RecoveryOptions.defaults());
        try (RawClient first = new RawClient(server).send("40")) {
            first.next("40");
            Socket socket = connected();
            String pid = socket.pid();
            socket.emit("x");
            first.next("42");
            first.vanish();
            assertEquals("suspended", heard.next());
            try (RawClient second = resume(server, pid, "nonsense")) {
                Map<?, ?> greeting = json(second.next("40").substring(2));
                assertEquals(socket.id(), greeting.get("sid"));
                assertNotEquals(pid, greeting.get("pid"));
                assertEquals("resumed false", heard.next());
                assertEquals(socket.pid(), greeting.get("pid"));
            }
        }
    }

    @Test
    void takesOverFromAConnectionThatSeemsAlive() throws Exception {
        start(RecoveryOptions.defaults());
        try (RawClient first = new RawClient(server).send("40")) {
            first.next("40");
            Socket socket = connected();
            try (RawClient second = resume(server, socket.pid(), null)) {
                assertEquals(socket.pid(), json(second.next("40").substring(2)).get("pid"));
                assertEquals("suspended", heard.next());
                assertEquals("resumed true", heard.next());
                first.awaitClosed();
                second.send("42[\"still\"]");
                assertEquals("event still []", heard.next());
                assertEquals(SocketState.CONNECTED, socket.state());
            }
        }
    }

    @Test
    void endsWhenTheWindowEnds() throws Exception {
        start(new RecoveryOptions(Duration.ofMillis(20), 10, 1_000, _ -> true));
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            Socket socket = connected();
            client.vanish();
            assertEquals("suspended", heard.next());
            assertEquals("disconnected TRANSPORT_LOST", heard.next());
            assertNull(server.socketIo.of("/").socket(socket.id()));
            CompletableFuture<AckReply> reply = new CompletableFuture<>();
            socket.emitWithAck(Duration.ofSeconds(5), reply::complete, "x");
            assertEquals(new AckReply.Disconnected(), TestServer.await(reply));
        }
    }

    @Test
    void goesAtOnceWhenTheClientSaysSo() throws Exception {
        start(RecoveryOptions.defaults());
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            connected();
            client.send("41");
            assertEquals("disconnected CLIENT", heard.next());
            client.send("42[\"late\"]").send("40");
            client.next("40");
            connected();
            assertTrue(heard.silent(), "what crosses the departure is dropped");
        }
    }

    @Test
    void showsATokenOfAnotherNodeToTheMiddleware() throws Exception {
        start(RecoveryOptions.defaults());
        CompletableFuture<Handshake> seen = new CompletableFuture<>();
        server.socketIo.of("/").middleware(handshake -> {
            seen.complete(handshake);
            return CompletableFuture.completedFuture(new ConnectDecision.Accept("seat", "known-id"));
        });
        try (RawClient client = new RawClient(server).send("40{\"pid\":\"elsewhere\",\"offset\":\"o\",\"a\":1}")) {
            Map<?, ?> greeting = json(client.next("40").substring(2));
            assertEquals("known-id", greeting.get("sid"));
            assertNotEquals("elsewhere", greeting.get("pid"));
            Handshake handshake = TestServer.await(seen);
            assertEquals("elsewhere", handshake.pid());
            assertEquals(Map.of("a", 1), handshake.auth());
            assertEquals("seat", connected().attachment());

            try (RawClient again = new RawClient(server).send("40")) {
                again.next("40");
                assertEquals("disconnected REPLACED", heard.next());
                assertEquals("41", client.next("41"));
            }
        }
    }

    @Test
    void withoutRecoveryALostTransportIsTheEnd() throws Exception {
        start(RecoveryOptions.off());
        try (RawClient client = new RawClient(server).send("40{\"pid\":\"x\"}")) {
            assertNull(json(client.next("40").substring(2)).get("pid"));
            Socket socket = connected();
            assertEquals(Map.of("pid", "x"), socket.handshake().auth());
            socket.emit("plain");
            assertEquals("42[\"plain\"]", client.next("42"));
            client.vanish();
            assertEquals("disconnected TRANSPORT_LOST", heard.next());
        }
    }

    @Test
    void aDroppedTransportMayReturnButAFramingErrorMayNot() throws Exception {
        start(RecoveryOptions.defaults());
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            Socket socket = connected();
            socket.closeTransport();
            client.awaitClosed();
            assertEquals("suspended", heard.next());
            try (RawClient second = resume(server, socket.pid(), null)) {
                second.next("40");
                assertEquals("resumed true", heard.next());
                second.send("4nonsense");
                second.awaitClosed();
                assertEquals("disconnected PROTOCOL_ERROR", heard.next());
            }
        }
    }
}
