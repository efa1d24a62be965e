package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.socket.client.Socket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class FoyerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Foyer foyer;

    @AfterEach
    void stop() throws Exception {
        if (foyer != null) {
            foyer.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        http.close();
    }

    @Test
    void opensRoomsSeatsParticipantsAndMakesTransports() throws Exception {
        start(Map.of());
        try (CallClient client = CallClient.connected(port())) {
            JSONObject created = client.data("createRoom", new JSONObject().put("callId", "r"));
            assertEquals("r", created.getString("callId"));
            assertTrue(created.getJSONObject("rtpCapabilities")
                            .getJSONArray("codecs")
                            .length()
                    > 0);

            JSONObject joined = client.data("joinRoom", join("r", "ada"));
            assertEquals(client.id(), joined.getString("peerId"));
            assertEquals("p2p", joined.getString("mode"));
            assertEquals(0, joined.getJSONArray("peers").length());

            JSONObject transport = client.data("createTransport", new JSONObject().put("direction", "send"));
            assertFalse(transport.getString("id").isEmpty());
            String candidates = transport.getJSONArray("iceCandidates").toString();
            assertTrue(candidates.contains("\"ip\":\"127.0.0.1\""), candidates);
            assertTrue(transport
                            .getJSONObject("dtlsParameters")
                            .getJSONArray("fingerprints")
                            .length()
                    > 0);

            JSONObject stats = new JSONObject(get("/stats").body());
            assertEquals(1, stats.getInt("rooms"));
            assertEquals(1, stats.getInt("peers"));
            assertEquals(2, stats.getInt("workers"));
            String metrics = get("/metrics").body();
            assertTrue(metrics.contains("foyer_rooms{mode=\"p2p\"} 1.0"), metrics);
            assertTrue(metrics.contains("foyer_participants 1.0"), metrics);
            assertTrue(metrics.contains("foyer_rooms_opened_total 1.0"), metrics);
            assertTrue(
                    metrics.contains("foyer_topology_changes_total{mode=\"sfu\",reason=\"participants\"} 0.0"),
                    metrics);
            assertTrue(metrics.contains("foyer_media_bytes_sent_total "), metrics);
            assertTrue(metrics.contains("foyer_socketio_connections 1.0"), metrics);
        }
    }

    @Test
    void introducesParticipantsOnDifferentEventLoopsToEachOther() throws Exception {
        start(Map.of());
        try (CallClient ada = CallClient.connected(port());
                CallClient bob = CallClient.connected(port())) {
            ada.data("joinRoom", join("r", "ada"));
            JSONObject joined = bob.data("joinRoom", join("r", "bob"));

            assertEquals("ada", joined.getJSONArray("peers").getJSONObject(0).getString("userId"));
            JSONObject announced = ada.await("peerJoined").json();
            assertEquals("bob", announced.getString("userId"));
            assertEquals(bob.id(), announced.getString("peerId"));
        }
    }

    @Test
    void tellsClientsThatItCloses() throws Exception {
        start(Map.of());
        try (CallClient client = CallClient.connected(port())) {
            client.data("joinRoom", join("r", "ada"));
            foyer.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
            foyer = null;

            assertEquals("shutdown", client.await("roomClosed").json().getString("reason"));
        }
    }

    @Test
    void letsOnlyThoseWithATokenInOnceThereIsASecret() throws Exception {
        start(Map.of("JWT_SECRET", "a secret of thirty-two characters"));
        try (CallClient stranger = new CallClient(port(), "");
                CallClient ada = new CallClient(port(), token("ada", "a secret of thirty-two characters"))) {
            JSONObject error =
                    (JSONObject) stranger.await(Socket.EVENT_CONNECT_ERROR).argument();
            assertEquals("unauthorized", error.getString("message"));

            ada.await(Socket.EVENT_CONNECT);
            assertTrue(ada.ask("joinRoom", join("r", "ada")).getBoolean("success"));
            assertFalse(ada.ask("joinRoom", join("r", "somebody else")).getBoolean("success"));
        }
        assertEquals(401, get("/stats").statusCode());
        assertEquals(200, get("/health").statusCode());
    }

    @Test
    void listensOnEachOfItsPorts() throws Exception {
        start(Map.of("PORT", "0,0"));

        assertEquals(2, foyer.ports().size());
        assertNotEquals(foyer.ports().get(0), foyer.ports().get(1));
        for (int port : foyer.ports()) {
            assertEquals(200, get(port, "/health").statusCode());
        }
    }

    @Test
    void failsToStartWhereAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            ExecutionException failure = assertThrows(
                    ExecutionException.class, () -> start(Map.of("PORT", Integer.toString(taken.getLocalPort()))));

            assertInstanceOf(ListenException.class, failure.getCause());
            assertEquals(
                    "cannot listen on 127.0.0.1, port %d: the port is in use (PORT chooses another)"
                            .formatted(taken.getLocalPort()),
                    failure.getCause().getMessage());
        }
    }

    private void start(Map<String, String> variables) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "0", "MEDIASOUP_WORKERS", "2"));
        environment.putAll(variables);
        foyer = Foyer.start(Settings.read(List.of(), environment))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private int port() {
        return foyer.ports().getFirst();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(port(), path);
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JSONObject join(String room, String user) throws Exception {
        return new JSONObject().put("callId", room).put("userId", user).put("mesh", true);
    }

    static String token(String userId, String secret) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(
                        new JSONObject().put("sub", userId).toString().getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
