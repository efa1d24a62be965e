package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.socket.client.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each limit against a whole server: what is too much is refused with a time, it works after that time, and others are not
 * hurt. The test is the server's trusted proxy, so clients have addresses; the clock of the limits is the test's own.
 */
@Tag("integration")
class LimitsOverTheWireTest {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final String HERE = "203.0.113.1";
    private static final String ELSEWHERE = "203.0.113.2";

    private final AtomicLong now = new AtomicLong();
    private final HttpClient http = HttpClient.newHttpClient();
    private Foyer foyer;

    @AfterEach
    void stop() throws Exception {
        if (foyer != null) {
            foyer.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        http.close();
    }

    private void start(String... variables) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT", "0",
                "MEDIASOUP_WORKERS", "1",
                "JWT_SECRET", SECRET,
                "METRICS_OPEN", "true",
                "TRUSTED_PROXIES", "127.0.0.0/8"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        foyer = Foyer.start(Settings.read(List.of(), environment), now::get)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private void pass(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private CallClient client(String address, String user) throws Exception {
        return CallClient.from(address, foyer.ports().getFirst(), FoyerTest.token(user, SECRET));
    }

    private CallClient connected(String address, String user) throws Exception {
        CallClient client = client(address, user);
        client.await(Socket.EVENT_CONNECT);
        return client;
    }

    private HttpResponse<String> request(String method, String path, String address, String user, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + foyer.ports().getFirst() + path))
                .header("X-Forwarded-For", address)
                .header("Content-Type", path.startsWith("/whip") ? "application/sdp" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!user.isEmpty()) {
            request.header("Authorization", "Bearer " + FoyerTest.token(user, SECRET));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private int status(String path, String address, String user) throws Exception {
        return request("GET", path, address, user, "").statusCode();
    }

    private static void assertRefused(HttpResponse<String> response, long seconds) throws Exception {
        assertEquals(429, response.statusCode(), response.body());
        assertEquals(
                Long.toString(seconds),
                response.headers().firstValue("Retry-After").orElseThrow());
        JSONObject error = new JSONObject(response.body());
        assertFalse(error.getBoolean("success"));
        assertEquals("RATE_LIMITED", error.getString("code"));
    }

    private static void assertRefused(JSONObject reply, long millis) throws Exception {
        assertFalse(reply.getBoolean("success"), reply.toString());
        assertEquals("RATE_LIMITED", reply.getString("code"));
        assertEquals(millis, reply.getLong("retryAfterMs"));
    }

    private void assertCounted(String limit, String scope, int times) throws Exception {
        String metrics = request("GET", "/metrics", "198.51.100.99", "", "").body();
        String line = "foyer_limits_refused_total{limit=\"%s\",scope=\"%s\"} %d.0".formatted(limit, scope, times);
        assertTrue(metrics.contains(line), line);
    }

    private static JSONObject join(String room, String user) throws Exception {
        return new JSONObject().put("callId", room).put("userId", user).put("mesh", true);
    }

    private static JSONObject room(String room) throws Exception {
        return new JSONObject().put("callId", room);
    }

    @Test
    void requestsOfAnAddress() throws Exception {
        start("REQUESTS_PER_ADDRESS", "0.5/3");
        for (int i = 0; i < 3; i++) {
            assertEquals(200, status("/health", HERE, ""));
        }
        assertRefused(request("GET", "/health", HERE, "", ""), 2);
        assertRefused(request("GET", "/socket.io/?EIO=4&transport=polling", HERE, "", ""), 2);
        assertEquals(200, status("/health", ELSEWHERE, ""));
        pass(2_000);
        assertEquals(200, status("/health", HERE, ""));
        assertCounted("requests", "address", 2);
    }

    @Test
    void requestsOfAUser() throws Exception {
        start("REQUESTS_PER_USER", "1/2");
        assertEquals(200, status("/stats", HERE, "ada"));
        assertEquals(200, status("/stats", ELSEWHERE, "ada"));
        assertRefused(request("GET", "/stats", HERE, "ada", ""), 1);
        assertEquals(200, status("/stats", HERE, "bob"), "another behind the same address");
        pass(1_000);
        assertEquals(200, status("/stats", HERE, "ada"));
        assertCounted("requests", "identity", 1);
    }

    @Test
    void connectionsThatAnAddressOpens() throws Exception {
        start("CONNECTS_PER_ADDRESS", "1/2");
        String open = "/socket.io/?EIO=4&transport=polling";
        assertEquals(200, status(open, HERE, ""));
        assertEquals(200, status(open, HERE, ""));
        HttpResponse<String> refused = request("GET", open, HERE, "", "");
        assertEquals(429, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(200, status(open, ELSEWHERE, ""));
        pass(1_000);
        assertEquals(200, status(open, HERE, ""));
        assertCounted("connections", "address", 1);
    }

    @Test
    void connectionsThatAUserOpens() throws Exception {
        start("CONNECTS_PER_USER", "1/1");
        try (CallClient first = connected(HERE, "ada");
                CallClient second = client(ELSEWHERE, "ada");
                CallClient other = connected(HERE, "bob")) {
            JSONObject error =
                    (JSONObject) second.await(Socket.EVENT_CONNECT_ERROR).argument();
            assertEquals("RATE_LIMITED", error.getJSONObject("data").getString("code"));
            assertEquals(1_000, error.getJSONObject("data").getLong("retryAfterMs"));
            pass(1_000);
            connected(HERE, "ada").close();
            first.data("joinRoom", join("r", "ada"));
            other.data("joinRoom", join("r", "bob"));
        }
        assertCounted("connections", "identity", 1);
    }

    @Test
    void connectionsThatAreOpen() throws Exception {
        start("CONNECTIONS_PER_ADDRESS", "1", "SOCKETS_PER_USER", "1");
        try (CallClient first = connected(HERE, "ada")) {
            HttpResponse<String> refused = request("GET", "/socket.io/?EIO=4&transport=polling", HERE, "", "");
            assertEquals(429, refused.statusCode());
            assertEquals("5", refused.headers().firstValue("Retry-After").orElseThrow());
            try (CallClient second = client(ELSEWHERE, "ada")) {
                JSONObject error =
                        (JSONObject) second.await(Socket.EVENT_CONNECT_ERROR).argument();
                assertEquals(5_000, error.getJSONObject("data").getLong("retryAfterMs"));
            }
            connected("2001:db8::1", "bob").close();
            first.data("joinRoom", join("r", "ada"));
        }
        assertCounted("open_connections", "address", 1);
        assertCounted("open_sockets", "identity", 1);
    }

    @Test
    void joinsOfAUserAnAddressAndARoom() throws Exception {
        start("JOINS_PER_USER", "1/2", "JOINS_PER_ADDRESS", "2/4", "JOINS_PER_ROOM", "1/3");
        try (CallClient ada = connected(HERE, "ada");
                CallClient bob = connected(HERE, "bob");
                CallClient eve = connected(ELSEWHERE, "eve")) {
            ada.data("joinRoom", join("a", "ada"));
            ada.data("joinRoom", join("a", "ada"));
            assertRefused(ada.ask("joinRoom", join("a", "ada")), 1_000);
            bob.data("joinRoom", join("a", "bob"));
            assertRefused(eve.ask("joinRoom", join("a", "eve")), 1_000);
            eve.data("joinRoom", join("b", "eve"));
            bob.data("joinRoom", join("b", "bob"));
            pass(500);
            assertRefused(bob.ask("joinRoom", join("b", "bob")), 500);
            pass(500);
            eve.data("joinRoom", join("a", "eve"));
            ada.data("joinRoom", join("c", "ada"));
        }
        assertCounted("joins", "identity", 2);
        assertCounted("joins", "room", 1);
    }

    @Test
    void joinsOfAnAddressBySignalingAndByHttp() throws Exception {
        start("JOINS_PER_ADDRESS", "1/1");
        assertEquals(400, request("POST", "/whip/r", HERE, "ada", "nonsense").statusCode());
        assertRefused(request("POST", "/whip/r", HERE, "bob", "nonsense"), 1);
        try (CallClient eve = connected(HERE, "eve")) {
            assertRefused(eve.ask("webrtc:join-room", new JSONObject().put("callRoomId", "r")), 1_000);
            eve.send("webrtc:join-room", new JSONObject().put("callRoomId", "r"));
            assertEquals(1_000, eve.await("webrtc:signaling-error").json().getLong("retryAfterMs"));
            pass(1_000);
            assertTrue(eve.ask("webrtc:join-room", new JSONObject().put("callRoomId", "r"))
                    .getBoolean("success"));
        }
        assertEquals(
                400, request("POST", "/whip/r", ELSEWHERE, "bob", "nonsense").statusCode());
        assertCounted("joins", "address", 3);
    }

    @Test
    void roomsThatAnAddressAndAUserMake() throws Exception {
        start("ROOMS_PER_USER", "1/1", "ROOMS_PER_ADDRESS", "1/2");
        try (CallClient ada = connected(HERE, "ada");
                CallClient bob = connected(HERE, "bob");
                CallClient eve = connected(ELSEWHERE, "eve")) {
            ada.data("createRoom", room("1"));
            ada.data("createRoom", room("1"));
            assertRefused(ada.ask("createRoom", room("2")), 1_000);
            bob.data("joinRoom", join("1", "bob"));
            bob.data("joinRoom", join("3", "bob"));
            String more = new JSONObject().put("roomId", "4").toString();
            assertRefused(request("POST", "/api/mediasoup/rooms", HERE, "dan", more), 1);
            JSONObject another = new JSONObject().put("roomId", "5");
            assertTrue(eve.ask("mediasoup:create-room", another).getBoolean("success"));
            assertRefused(bob.ask("createRoom", room("6")), 1_000);
            pass(1_000);
            ada.data("createRoom", room("2"));
        }
        assertCounted("rooms", "identity", 2);
        assertCounted("rooms", "address", 1);
    }

    @Test
    void roomsOfTheServer() throws Exception {
        start("MAX_ROOMS", "1");
        try (CallClient ada = connected(HERE, "ada")) {
            ada.data("joinRoom", join("1", "ada"));
            assertRefused(ada.ask("createRoom", room("2")), 10_000);
            ada.data("createRoom", room("1"));
            assertRefused(request("POST", "/api/mediasoup/rooms", HERE, "ada", "{\"roomId\":\"2\"}"), 10);
        }
    }

    @Test
    void messagesOfAUserAnAddressAndARoom() throws Exception {
        start("MESSAGES_PER_USER", "1/4", "MESSAGES_PER_ADDRESS", "1/6", "MESSAGES_PER_ROOM", "1/3");
        try (CallClient ada = connected(HERE, "ada");
                CallClient bob = connected(HERE, "bob");
                CallClient eve = connected(ELSEWHERE, "eve")) {
            JSONObject text = new JSONObject().put("text", "hi");
            ada.data("joinRoom", join("r", "ada"));
            eve.data("joinRoom", join("r", "eve"));
            ada.data("chat", text);
            ada.data("chat", text);
            eve.data("chat", text);
            assertRefused(eve.ask("chat", text), 1_000);
            assertFalse(bob.ask("chat", text).has("retryAfterMs"), "NOT_IN_ROOM is no matter of the room's");
            assertRefused(ada.ask("chat", text), 1_000);
            assertRefused(ada.ask("chat", text), 1_000);
            assertFalse(bob.ask("chat", text).has("retryAfterMs"));
            assertRefused(bob.ask("chat", text), 1_000);
            pass(1_000);
            eve.data("chat", text);
            eve.data("leaveRoom", new JSONObject());
        }
        assertCounted("messages", "identity", 1);
        assertCounted("messages", "address", 1);
        assertCounted("messages", "room", 2);
    }

    @Test
    void transportsAndProducersOfAParticipant() throws Exception {
        start("TRANSPORTS_PER_PARTICIPANT", "1", "TRANSPORTS_PER_ROOM", "2");
        try (CallClient ada = connected(HERE, "ada");
                CallClient bob = connected(HERE, "bob")) {
            ada.data("joinRoom", join("r", "ada"));
            bob.data("joinRoom", join("r", "bob"));
            JSONObject receiving = new JSONObject().put("direction", "recv");
            String id = ada.data("createTransport", receiving).getString("id");
            assertFalse(id.equals(ada.data("createTransport", receiving).getString("id")), "an idle one gave way");
            ada.data("createTransport", new JSONObject().put("direction", "send"));
            JSONObject refused = bob.ask("createTransport", receiving);
            assertRefused(refused, 5_000);
        }
        String metrics = request("GET", "/metrics", HERE, "", "").body();
        assertTrue(metrics.contains("foyer_holdings_refused_total 1.0"), metrics);
    }
}
