package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.limit.LimitSettings;
import dev.foyer.limit.Limits;
import dev.foyer.limit.OpenKind;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real connections: what is slow, large or idle ends, and nothing else does. */
@Timeout(30)
class ConnectionGuardTest {
    private static final ConnectionSettings QUICK =
            new ConnectionSettings(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(300), 1_000);
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: localhost\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final LongAdder late = new LongAdder();
    private final BlockingQueue<ServerWebSocket> webSockets = new LinkedBlockingQueue<>();
    private final Limits limits = new Limits(
            new LimitSettings(Map.of(), Map.of(OpenKind.HTTP_CONNECTIONS, 2)), System::nanoTime, new Random(1));
    private int port;

    private void start(ConnectionSettings settings, TrustedProxies proxies) throws Exception {
        Promise<HttpServer> listening = Promise.promise();
        vertx.runOnContext(_ -> ConnectionGuard.guard(
                        vertx.createHttpServer(ConnectionGuard.configure(new HttpServerOptions(), settings)),
                        vertx,
                        settings,
                        limits,
                        proxies,
                        this::handle,
                        late)
                .listen(0, "127.0.0.1")
                .onComplete(listening));
        port = listening.future().await(10, TimeUnit.SECONDS).actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (request.headers().contains("Upgrade")) {
            request.toWebSocket().onSuccess(webSockets::add);
        } else {
            request.body().onSuccess(body -> request.response().end("got " + body.length()));
        }
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static Socket send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Everything until the server closes. */
    private static String drain(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException _) {
            return "reset";
        }
    }

    /** One answer, of which the body is known. */
    private static String read(Socket socket, String body) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(body)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("closed after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Sends a byte whenever nothing came for a while, until the server closes; what came is the answer. */
    private static String drip(Socket socket, char drop) throws IOException {
        socket.setSoTimeout(20);
        StringBuilder answer = new StringBuilder();
        while (true) {
            try {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return answer.toString();
                }
                answer.append((char) next);
            } catch (SocketTimeoutException _) {
                try {
                    socket.getOutputStream().write(drop);
                } catch (SocketException _) {
                    return answer.toString();
                }
            } catch (SocketException _) {
                return answer.toString();
            }
        }
    }

    @Test
    void endsAConnectionThatSaysNothing() throws Exception {
        start(QUICK, TrustedProxies.none());
        try (Socket socket = connect()) {
            assertEquals("", drain(socket));
        }
        assertEquals(1, late.sum());
    }

    @Test
    void endsAHeadThatComesInDrops() throws Exception {
        start(QUICK, TrustedProxies.none());
        try (Socket socket = send(connect(), HEAD + "X: ")) {
            assertEquals("", drip(socket, 'x'));
        }
        try (Socket socket = send(connect(), HEAD + "\r\n")) {
            assertTrue(read(socket, "got 0").startsWith("HTTP/1.1 200"));
            send(socket, HEAD + "X: ");
            assertEquals("", drip(socket, 'x'), "the second of a connection, too");
        }
        assertEquals(2, late.sum());
    }

    @Test
    void answersABodyThatComesInDropsAndEndsIt() throws Exception {
        start(QUICK, TrustedProxies.none());
        String post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
        for (String length : List.of("Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n")) {
            try (Socket socket = send(connect(), post + length + "\r\n")) {
                String answer = drip(socket, '1');
                assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
                assertTrue(answer.contains("\"code\":\"REQUEST_TIMEOUT\""), answer);
            }
        }
    }

    @Test
    void endsAConnectionThatAsksForNothingMore() throws Exception {
        start(QUICK, TrustedProxies.none());
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                send(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi");
                assertTrue(read(socket, "got 2").startsWith("HTTP/1.1 200"));
            }
            assertEquals("", drain(socket));
        }
    }

    @Test
    void refusesHeadersAndLinesThatAreTooLong() throws Exception {
        start(QUICK, TrustedProxies.none());
        try (Socket socket = send(connect(), HEAD + "X: " + "x".repeat(2_000) + "\r\n\r\n")) {
            String answer = drain(socket);
            assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
        }
        try (Socket socket = send(connect(), "GET /" + "x".repeat(2_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            String answer = drain(socket);
            assertTrue(answer.matches("(?s)HTTP/1.[01] 414.*"), answer);
        }
        try (Socket socket = send(connect(), HEAD + "X: 1\r\n".repeat(1_000) + "\r\n")) {
            assertTrue(drain(socket).matches("(?s)HTTP/1.1 431.*|reset"));
        }
    }

    @Test
    void leavesWebSocketsToTheirOwnTimesAndDoesNotCountThem() throws Exception {
        start(QUICK, TrustedProxies.none());
        String upgrade = HEAD + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        try (Socket one = send(connect(), upgrade);
                Socket other = send(connect(), upgrade);
                Socket silent = connect()) {
            read(one, "\r\n\r\n");
            read(other, "\r\n\r\n");
            assertEquals("", drain(silent));
            // Until the two are let go of there is no place; then four silent ones in turn take twice the longest time.
            while (late.sum() < 4) {
                try (Socket next = connect()) {
                    assertEquals("", drain(next));
                }
            }
            for (Socket socket : List.of(one, other)) {
                webSockets.take().writeTextMessage("!");
                assertEquals(0x81, socket.getInputStream().read());
            }
        }
    }

    @Test
    void endsAtOnceWhatAnAddressHasTooManyOf() throws Exception {
        start(ConnectionSettings.defaults(), TrustedProxies.none());
        try (Socket one = send(connect(), HEAD + "\r\n")) {
            read(one, "got 0");
            try (Socket two = send(connect(), HEAD + "\r\n")) {
                read(two, "got 0");
                try (Socket three = connect()) {
                    assertEquals(-1, three.getInputStream().read());
                }
                try (Socket elsewhere =
                        new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral("127.0.0.2"), 0)) {
                    read(send(elsewhere, HEAD + "\r\n"), "got 0");
                }
                send(two, HEAD + "Connection: close\r\n\r\n");
                drain(two);
            }
            assertEquals(1, limits.refused(OpenKind.HTTP_CONNECTIONS));
            boolean served = false;
            // The client knows of the end of the second before the server has taken note of it.
            while (!served) {
                try (Socket next = send(connect(), HEAD + "Connection: close\r\n\r\n")) {
                    served = drain(next).contains("got 0");
                }
            }
        }
    }

    @Test
    void letsAProxyHaveAsManyAsItNeeds() throws Exception {
        start(ConnectionSettings.defaults(), new TrustedProxies(List.of(AddressRange.parse("127.0.0.1"))));
        try (Socket one = send(connect(), HEAD + "\r\n");
                Socket two = send(connect(), HEAD + "\r\n");
                Socket three = send(connect(), HEAD + "\r\n")) {
            for (Socket socket : List.of(one, two, three)) {
                read(socket, "got 0");
            }
        }
        assertEquals(0, limits.refused(OpenKind.HTTP_CONNECTIONS));
    }
}
