package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.limit.OpenCounts;
import dev.foyer.limit.Rate;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketIoLimitsTest {
    private static final LimitOptions LIMITS = LimitOptions.defaults();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final RecordingListener heard = new RecordingListener();
    private TestServer server;

    private void start(SocketIoOptions options) {
        server = new TestServer(options);
        server.socketIo.of("/").onConnection(socket -> {
            socket.listener(heard);
            sockets.add(socket);
        });
    }

    private void start(LimitOptions limits) {
        start(SocketIoOptions.defaults().withLimits(limits));
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.close();
    }

    private HttpResponse<String> request(String method, String query, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/socket.io/?" + query))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String pollingSession() throws Exception {
        String open = request("GET", "EIO=4&transport=polling", "").body();
        int from = open.indexOf("\"sid\":\"") + 7;
        return open.substring(from, open.indexOf('"', from));
    }

    @Test
    void tellsOldClientsThatTheirProtocolIsNotSpoken() throws Exception {
        start(LIMITS);
        HttpResponse<String> response = request("GET", "EIO=3&transport=polling", "");
        assertEquals(400, response.statusCode());
        assertEquals("{\"code\":5,\"message\":\"Unsupported protocol version\"}", response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void namesWhatIsWrongWithARequest() throws Exception {
        start(LIMITS);
        assertEquals(
                "{\"code\":0,\"message\":\"Transport unknown\"}",
                request("GET", "EIO=4&transport=x", "").body());
        assertEquals(
                "{\"code\":1,\"message\":\"Session ID unknown\"}",
                request("GET", "EIO=4&transport=polling&sid=x", "").body());
        assertEquals(
                "{\"code\":2,\"message\":\"Bad handshake method\"}",
                request("POST", "EIO=4&transport=polling", "").body());
        assertEquals(
                "{\"code\":3,\"message\":\"Bad request\"}",
                request("GET", "EIO=4&transport=websocket", "").body());
    }

    @Test
    void letsAllowedOriginsInWithCredentials() throws Exception {
        start(SocketIoOptions.defaults()
                .withAccess(AccessOptions.defaults().withAllowedOrigins("https://app.example"::equals)));
        HttpResponse<String> allowed = request("GET", "EIO=4&transport=polling", "", "Origin", "https://app.example");
        assertEquals(200, allowed.statusCode());
        assertEquals(
                "https://app.example",
                allowed.headers().firstValue("access-control-allow-origin").orElseThrow());
        assertEquals(
                "true",
                allowed.headers().firstValue("access-control-allow-credentials").orElseThrow());

        HttpResponse<String> preflight = request(
                "OPTIONS",
                "EIO=4&transport=polling",
                "",
                "Origin",
                "https://app.example",
                "Access-Control-Request-Headers",
                "authorization");
        assertEquals(204, preflight.statusCode());
        assertEquals(
                "authorization",
                preflight.headers().firstValue("access-control-allow-headers").orElseThrow());

        assertEquals(
                200,
                request("GET", "EIO=4&transport=polling", "", "Origin", server.url())
                        .statusCode());
        new RawClient(server, "EIO=4&transport=websocket", "https://app.example").close();
    }

    @Test
    void keepsOtherOriginsOut() throws Exception {
        start(LIMITS);
        HttpResponse<String> refused = request("GET", "EIO=4&transport=polling", "", "Origin", "https://evil.example");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.headers().firstValue("access-control-allow-origin").isEmpty());
        assertEquals(
                403,
                request("OPTIONS", "", "", "Origin", "https://evil.example").statusCode());
        assertEquals(
                403,
                request("GET", "EIO=4&transport=polling", "", "Origin", "null").statusCode());
        assertThrows(
                CompletionException.class,
                () -> new RawClient(server, "EIO=4&transport=websocket", "https://evil.example"));
        assertEquals(0, server.socketIo.connections());
    }

    @Test
    void limitsTheConnectionsOfAnAddress() throws Exception {
        OpenCounts counts = new OpenCounts(2);
        start(SocketIoOptions.defaults().withAccess(AccessOptions.defaults().withGate(new ConnectionGate() {
            @Override
            public long enter(InetSocketAddress address) {
                return counts.enter(address.getAddress().getAddress()) ? 0 : 1_001;
            }

            @Override
            public void leave(InetSocketAddress address) {
                counts.leave(address.getAddress().getAddress());
            }
        })));
        String sid = pollingSession();
        try (RawClient second = new RawClient(server)) {
            second.next("0");
            HttpResponse<String> refused = request("GET", "EIO=4&transport=polling", "");
            assertEquals(429, refused.statusCode());
            assertEquals("{\"code\":4,\"message\":\"Too many connections\"}", refused.body());
            assertEquals("2", refused.headers().firstValue("retry-after").orElseThrow());
            request("POST", "EIO=4&transport=polling&sid=" + sid, "1");
            request("GET", "EIO=4&transport=polling&sid=" + sid, "");
            assertEquals(200, request("GET", "EIO=4&transport=polling", "").statusCode());
        }
    }

    @Test
    void closesOverALargePost() throws Exception {
        start(LIMITS.withMaxPayload(1_000));
        String sid = pollingSession();
        assertEquals(
                413,
                request("POST", "EIO=4&transport=polling&sid=" + sid, "4" + "x".repeat(1_000))
                        .statusCode());
        assertEquals(
                400, request("GET", "EIO=4&transport=polling&sid=" + sid, "").statusCode());
    }

    @Test
    void closesOverALargeMessage() throws Exception {
        start(LIMITS.withMaxPayload(1_000));
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            client.send("42[\"" + "x".repeat(1_000) + "\"]");
            client.awaitClosed();
        }
    }

    @Test
    void closesOverTooManyAttachments() throws Exception {
        start(LIMITS);
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            client.send("4511-[\"ev\"]");
            client.awaitClosed();
            assertEquals("disconnected PROTOCOL_ERROR", heard.next());
        }
    }

    @Test
    void refusesDeepJsonWithoutClosing() throws Exception {
        start(LIMITS);
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            client.send("421[\"ev\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]");
            assertEquals("invalid ev", heard.next());
            assertEquals("431[\"invalid\"]", client.next("43"));
            client.send("42[\"fine\"]");
            assertEquals("event fine []", heard.next());
        }
    }

    @Test
    void refusesEventsAboveTheRate() throws Exception {
        start(LIMITS.withEvents(new Rate(1, 2), Duration.ofMinutes(1)));
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            client.send("421[\"a\"]").send("422[\"b\"]").send("423[\"c\"]");
            assertEquals("event a []", heard.next());
            assertEquals("event b []", heard.next());
            assertEquals("rate c", heard.next());
            assertTrue(client.next("433").startsWith("433[\"retry\","));
            assertEquals(1, server.socketIo.counters().rateLimitedEvents());
        }
    }

    @Test
    void disconnectsWhoKeepsFlooding() throws Exception {
        start(LIMITS.withEvents(new Rate(1, 1), Duration.ofNanos(1)));
        try (RawClient client = new RawClient(server).send("40")) {
            client.next("40");
            client.send("42[\"a\"]").send("42[\"b\"]").send("42[\"c\"]");
            assertEquals("event a []", heard.next());
            assertEquals("rate b", heard.next());
            assertEquals("disconnected RATE_EXCEEDED", heard.next());
            assertEquals("41", client.next("41"));
            client.awaitClosed();
        }
    }

    @Test
    void closesAReaderThatDoesNotRead() throws Exception {
        start(LIMITS.withMaxBufferedBytes(200_000));
        try (java.net.Socket peer = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = peer.getOutputStream();
            String upgrade = """
                    GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
                    Host: x
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

                    """;
            out.write(upgrade.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            peer.setSoTimeout(10_000);
            assertEquals('H', peer.getInputStream().read(), "the handshake is answered");
            // A masked text frame, the mask being zero: "40".
            out.write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'});
            Socket socket = sockets.poll(10, TimeUnit.SECONDS);
            String text = "x".repeat(100_000);
            while (socket.state() == SocketState.CONNECTED) {
                socket.emit("flood", text);
            }
            assertEquals("suspended", heard.next());
            // What the kernel had taken can be read; then comes the end, without a closing handshake.
            InputStream in = peer.getInputStream();
            byte[] sink = new byte[1 << 16];
            int read = in.read(sink);
            while (read >= 0) {
                read = in.read(sink);
            }
            assertEquals(0, server.socketIo.connections());
            assertEquals(1, server.socketIo.counters().slowReaders());
        }
    }

    @Test
    void tellsEverybodyWhenItCloses() throws Exception {
        start(LIMITS);
        try (RawClient gone = new RawClient(server).send("40");
                RawClient client = new RawClient(server).send("40")) {
            gone.next("40");
            client.next("40");
            gone.vanish();
            assertEquals("suspended", heard.next());
            TestServer.await(server.socketIo.close().toCompletionStage().toCompletableFuture());
            assertEquals("disconnected SERVER_CLOSED", heard.next());
            assertEquals("disconnected SERVER_CLOSED", heard.next());
            assertEquals(RawClient.CLOSED, client.next(), "no DISCONNECT packet: the client is to come back elsewhere");
            assertEquals(503, request("GET", "EIO=4&transport=polling", "").statusCode());
            assertTrue(server.socketIo.of("/").sockets().isEmpty());
        }
    }
}
