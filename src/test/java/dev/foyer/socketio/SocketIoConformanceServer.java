package dev.foyer.socketio;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The server that the official conformance suites of Engine.IO and Socket.IO run against: the first at
 * {@code /engine.io/}, where messages are echoed, the second at {@code /socket.io/}.
 */
final class SocketIoConformanceServer {
    private static final int PORT = 3000;

    private SocketIoConformanceServer() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        SocketIoServer socketIo = new SocketIoServer(vertx, options());
        EngineServer engineIo = new EngineServer(
                vertx,
                options(),
                new RandomIds(new SecureRandom()),
                new SocketIoCounters(),
                (session, _) -> new Echo(session));
        for (String name : List.of("/", "/custom")) {
            socketIo.of(name).onConnection(SocketIoConformanceServer::serve);
        }
        vertx.createHttpServer(socketIo.configure(new HttpServerOptions()))
                .requestHandler(request -> {
                    if (request.path().startsWith("/engine.io/")) {
                        engineIo.handle(request);
                    } else {
                        socketIo.handle(request);
                    }
                })
                .listen(PORT, "127.0.0.1")
                .await();
        System.out.println("listening on " + PORT);
    }

    private static SocketIoOptions options() {
        HeartbeatOptions defaults = HeartbeatOptions.defaults();
        return SocketIoOptions.defaults()
                .withHeartbeat(new HeartbeatOptions(
                        Duration.ofMillis(300),
                        Duration.ofMillis(200),
                        defaults.upgradeTimeout(),
                        Duration.ofSeconds(1)))
                .withLimits(LimitOptions.defaults().withMaxPayload(1_000_000))
                .withRecovery(RecoveryOptions.off());
    }

    private static void serve(Socket socket) {
        socket.listener((event, args, ack) -> {
            if (event.equals("message")) {
                socket.emit("message-back", args.toArray());
            } else if (event.equals("message-with-ack") && ack != null) {
                ack.reply(args.toArray());
            }
        });
        socket.emit("auth", socket.handshake().auth());
    }

    private record Echo(EngineSession session) implements EngineHandler {
        @Override
        public void onText(byte[] bytes, int offset, int end) {
            String text = new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
            session.send(OutboundFrame.text("4" + text));
        }

        @Override
        public void onBinary(byte[] bytes) {
            session.send(new OutboundFrame(Arrays.copyOf(bytes, bytes.length), true));
        }

        @Override
        public void onPing() {}

        @Override
        public void onPong() {}

        @Override
        public void onMoved(Loop loop) {}

        @Override
        public void onClosed(CloseCause cause) {}
    }
}
