package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.auth.TestIssuer;
import dev.foyer.auth.TokenMint;
import io.socket.client.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tokens open and what they do not, through the wire of sockets and of HTTP. */
@Tag("integration")
class TokensTest {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final Identity ADA = new Identity("ada", "Ada", "own", "host", null);
    private static final Identity ROOT = new Identity("root", null, null, null, Set.of(Grant.ADMIN));

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private StartedFoyer server;

    @AfterEach
    void stop() {
        http.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void opensNoOtherRoomToSockets() throws Exception {
        start(Map.of());
        try (CallClient root = client("/", token(ROOT));
                CallClient ada = client("/", token(ADA));
                CallClient signaling = client("/signaling", token(ADA))) {
            root.data("createRoom", json("callId", "other"));

            assertForbidden(ada.ask("joinRoom", json("callId", "other").put("userId", "ada")));
            assertForbidden(ada.ask("createRoom", json("callId", "another")));
            assertForbidden(ada.ask("mediasoup:create-room", json("roomId", "another")));
            assertForbidden(ada.ask("mediasoup:join-room", json("roomId", "other")));
            assertForbidden(
                    ada.ask("webrtc:join-room", json("callRoomId", "other").put("callType", "video")));
            assertForbidden(ada.ask(
                    "join-room", json("roomId", "other").put("userId", "ada").put("mediaState", new JSONObject())));
            assertForbidden(signaling.ask(
                    "join-room", json("roomId", "other").put("userId", "ada").put("role", "host")));
            assertEquals(
                    "NOT_IN_ROOM",
                    ada.ask("getProducers", json("callId", "other")).getString("code"));

            assertTrue(ada.ask("joinRoom", json("callId", "own").put("userId", "ada"))
                    .getBoolean("success"));
            assertForbidden(ada.ask("joinRoom", json("callId", "own").put("userId", "somebody else")));
        }
    }

    @Test
    void opensNoOtherRoomToHttp() throws Exception {
        start(Map.of());
        String ada = token(ADA);
        String body = new JSONObject().put("roomId", "other").toString();
        assertEquals(200, status("POST", "/api/mediasoup/rooms", body, "application/json", token(ROOT)));
        String offer = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=sendonly\r\na=rtcp-mux\r\n"
                + "a=rtpmap:111 opus/48000/2\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=setup:actpass\r\n"
                + "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\r\n";

        assertEquals(403, status("POST", "/whip/other", offer, "application/sdp", ada));
        assertEquals(403, status("POST", "/whep/other", offer.replace("sendonly", "recvonly"), "application/sdp", ada));
        assertEquals(403, status("GET", "/api/mediasoup/rooms/other", null, null, ada));
        assertEquals(403, status("DELETE", "/api/mediasoup/rooms/other", null, null, ada));
        assertEquals(403, status("POST", "/api/mediasoup/rooms", body, "application/json", ada));
        assertEquals(403, status("GET", "/api/mediasoup/rooms/other/participants", null, null, ada));
        assertEquals(401, status("GET", "/api/mediasoup/rooms/other", null, null, null));
        assertEquals(201, status("POST", "/whip/own", offer, "application/sdp", ada));
        assertEquals(200, status("DELETE", "/api/mediasoup/rooms/other", null, null, token(ROOT)));
    }

    @Test
    void warnsAndDisconnectsWhoseTokenEnds() throws Exception {
        start(Map.of("JWT_LEEWAY_MS", "0"));
        Instant before = Instant.now();
        try (CallClient ada = client("/", token(ADA, Duration.ofSeconds(8)))) {
            ada.data("joinRoom", json("callId", "own").put("userId", "ada"));
            long expiresAt = ada.await("tokenExpiring").json().getLong("expiresAt");
            assertTrue(expiresAt <= before.plusSeconds(9).toEpochMilli());
            assertEquals("TOKEN_EXPIRED", ada.await("error").json().getString("code"));
            ada.await(Socket.EVENT_DISCONNECT);
            assertTrue(System.currentTimeMillis() >= expiresAt);
        }
        assertEquals(0, new JSONObject(get("/stats", token(ROOT)).body()).getInt("peers"));
    }

    @Test
    void keepsWhoRenewsItsToken() throws Exception {
        start(Map.of("JWT_LEEWAY_MS", "0"));
        try (CallClient ada = client("/", token(ADA, Duration.ofSeconds(8)));
                CallClient other = client("/", token(ADA, Duration.ofSeconds(8)))) {
            ada.data("joinRoom", json("callId", "own").put("userId", "ada"));
            ada.await("tokenExpiring");
            JSONObject renewed = ada.data("renewToken", json("token", token(ADA)));
            assertTrue(renewed.getLong("expiresAt")
                    > Instant.now().plusSeconds(1_000).toEpochMilli());

            // Once the one that did not renew is gone, the time of both is over.
            other.await(Socket.EVENT_DISCONNECT);
            assertTrue(ada.ask("chat", json("text", "still here")).getBoolean("success"));
        }
    }

    @Test
    void saysWhetherATokenHasExpiredOrIsWrong() throws Exception {
        start(Map.of("JWT_LEEWAY_MS", "0"));
        String expired = new TokenMint(
                        new AuthSettings(SECRET, null, null, false),
                        () -> Instant.now().minusSeconds(7_200))
                .mint(ADA, Duration.ofHours(1));
        try (CallClient late = new CallClient(port(), expired);
                CallClient wrong = new CallClient(port(), expired + "A")) {
            JSONObject refusal = late.await(Socket.EVENT_CONNECT_ERROR).json();
            assertEquals("unauthorized", refusal.getString("message"));
            assertEquals("TOKEN_EXPIRED", refusal.getJSONObject("data").getString("code"));
            refusal = wrong.await(Socket.EVENT_CONNECT_ERROR).json();
            assertEquals("unauthorized", refusal.getString("message"));
            assertFalse(refusal.has("data"));
        }
        assertEquals("TOKEN_EXPIRED", new JSONObject(get("/stats", expired).body()).getString("code"));
    }

    @Test
    void believesAnIssuerWithPublicKeys() throws Exception {
        TestIssuer issuer = TestIssuer.of("EdDSA", "k1");
        Path keys = Files.writeString(directory.resolve("keys.json"), TestIssuer.keySet(issuer));
        server = new StartedFoyer(Map.of("JWKS_URL", keys.toUri().toString(), "MEDIASOUP_WORKERS", "1"));
        String good = issuer.token("{\"sub\":\"ada\",\"room\":\"own\"}");
        String forged = TestIssuer.of("EdDSA", "k1").token("{\"sub\":\"ada\",\"room\":\"own\"}");

        try (CallClient ada = client("/", good);
                CallClient eve = new CallClient(port(), forged)) {
            assertTrue(ada.ask("joinRoom", json("callId", "own").put("userId", "ada"))
                    .getBoolean("success"));
            eve.await(Socket.EVENT_CONNECT_ERROR);
        }
        assertEquals(200, get("/stats", good).statusCode());
        assertEquals(401, get("/stats", forged).statusCode());
    }

    @Test
    void takesGuestsWhereTheyMayComeAndAsWhatTheyMay() throws Exception {
        start(Map.of("GUEST_GRANTS", "/signaling=subscribe+publish+create"));
        try (CallClient guest = client("/signaling", "");
                CallClient stranger = new CallClient(port(), "")) {
            assertTrue(guest.ask(
                            "join-room",
                            json("roomId", "r").put("userId", "tom").put("role", "host"))
                    .getBoolean("success"));
            stranger.await(Socket.EVENT_CONNECT_ERROR);
        }
        assertEquals(401, get("/stats", null).statusCode());
    }

    private void start(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("JWT_SECRET", SECRET);
        environment.put("MEDIASOUP_WORKERS", "1");
        server = new StartedFoyer(environment);
    }

    private int port() {
        return server.foyer().ports().getFirst();
    }

    private CallClient client(String namespace, String token) throws Exception {
        CallClient client = new CallClient(port(), namespace, token);
        client.await(Socket.EVENT_CONNECT);
        return client;
    }

    private static String token(Identity identity) {
        return token(identity, Duration.ofHours(1));
    }

    private static String token(Identity identity, Duration validity) {
        return new TokenMint(new AuthSettings(SECRET, null, null, false), InstantSource.system())
                .mint(identity, validity);
    }

    private static JSONObject json(String name, String value) throws Exception {
        return new JSONObject().put(name, value);
    }

    private static void assertForbidden(JSONObject answer) throws Exception {
        assertFalse(answer.getBoolean("success"), answer::toString);
        assertEquals("FORBIDDEN", answer.getString("code"));
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return send("GET", path, null, null, token);
    }

    private int status(String method, String path, String body, String type, String token) throws Exception {
        return send(method, path, body, type, token).statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body, String type, String token)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (Map.Entry<String, String> header : List.of(
                Map.entry("Content-Type", type == null ? "" : type),
                Map.entry("Authorization", token == null ? "" : "Bearer " + token))) {
            if (!header.getValue().isEmpty()) {
                request.header(header.getKey(), header.getValue());
            }
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
