package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The official JavaScript client against the server: {@code src/test/js/client.mjs}, after {@code npm ci} there. */
@Tag("node")
class JavaScriptClientTest {
    private static final Path SCRIPTS = Path.of("src/test/js");

    @Test
    void recoversAcknowledgesUpgradesAndIsRefused() throws Exception {
        assertTrue(Files.isDirectory(SCRIPTS.resolve("node_modules")), "run npm ci in " + SCRIPTS + " first");
        try (TestServer server = new TestServer(SocketIoOptions.defaults())) {
            for (String name : List.of("/", "/other")) {
                server.socketIo.of(name).onConnection(JavaScriptClientTest::serve);
            }
            server.socketIo
                    .of("/closed")
                    .middleware(_ -> CompletableFuture.completedFuture(
                            new ConnectDecision.Reject("unauthorized", Map.of("code", 7))));
            Process node = new ProcessBuilder("node", "client.mjs", server.url())
                    .directory(SCRIPTS.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, node.waitFor(), output);
        }
    }

    private static void serve(Socket socket) {
        socket.listener((event, args, ack) -> {
            switch (event) {
                case "echo" -> ack.reply(args);
                case "ask me" ->
                    socket.emitWithAck(
                            Duration.ofSeconds(5),
                            reply -> socket.emit(
                                    "answered",
                                    ((AckReply.Received) reply).args().toArray()),
                            "question",
                            args.getFirst());
                case "count to" -> {
                    for (int i = 0; i < (int) args.getFirst(); i++) {
                        socket.emit("number", i);
                    }
                }
                case "note me" -> socket.emit("note", args.getFirst());
                case "drop me and say" -> {
                    socket.closeTransport();
                    socket.emit("note", args.getFirst());
                }
                default -> throw new AssertionError(event);
            }
        });
    }
}
