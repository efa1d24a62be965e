package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Peer;
import dev.foyer.room.Permission;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.Rooms;
import dev.foyer.room.TransportDirection;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomApiTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String SECRET = "a secret of thirty-two characters";
    private static final long SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<RoomEvent> told = new LinkedBlockingQueue<>();
    private boolean healthy = true;
    private Rooms rooms;
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("index.html"), "<!doctype html>");
        rooms = TestRooms.on(vertx, this::tell);
        serve(HttpSettings.development(0), AuthSettings.development());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void makesARoom() throws Exception {
        JsonObject options = new JsonObject()
                .put("maxParticipants", 2)
                .put("enableRecording", true)
                .put("timeout", 3600000);
        JsonObject answer =
                done(post("/rooms", new JsonObject().put("roomId", "room-123").put("options", options)));

        JsonObject room = answer.getJsonObject("room");
        assertEquals(Set.of("id", "rtpCapabilities", "options", "createdAt"), room.fieldNames());
        assertEquals("room-123", room.getString("id"));
        assertEquals(options, room.getJsonObject("options"));
        assertFalse(room.getJsonObject("rtpCapabilities").getJsonArray("codecs").isEmpty());
    }

    @Test
    void showsARoomThatExistsWithItsOwnOptions() throws Exception {
        make("r", new JsonObject().put("maxParticipants", 2));
        JsonObject again = done(post(
                "/rooms",
                new JsonObject().put("roomId", "r").put("options", new JsonObject().put("maxParticipants", 9))));

        assertEquals(
                new JsonObject()
                        .put("maxParticipants", 2)
                        .put("enableRecording", true)
                        .put("timeout", 0),
                again.getJsonObject("room").getJsonObject("options"));
    }

    @Test
    void listsRooms() throws Exception {
        assertEquals(new JsonArray(), done(get("/rooms")).getJsonArray("rooms"));
        make("r", new JsonObject().put("maxParticipants", 5));
        join("r", "ada", "socket-a");

        JsonArray listed = done(get("/rooms")).getJsonArray("rooms");
        assertEquals(1, listed.size());
        JsonObject room = listed.getJsonObject(0);
        assertEquals(
                Set.of("id", "participants", "maxParticipants", "createdAt", "uptime", "recording", "stats"),
                room.fieldNames());
        assertEquals("r", room.getString("id"));
        assertEquals(1, room.getInteger("participants"));
        assertEquals(5, room.getInteger("maxParticipants"));
        assertEquals(new JsonObject().put("isRecording", false), room.getJsonObject("recording"));
        assertEquals(counts(0, 0, 0, 0), room.getJsonObject("stats"));
    }

    @Test
    void showsWhoSendsWhat() throws Exception {
        make("r", new JsonObject());
        join("r", "ada", "socket-a");
        join("r", "bob", "socket-b");
        String producer = produce("r", "socket-a");

        JsonObject room = done(get("/rooms/r")).getJsonObject("room");
        assertEquals(
                Set.of("id", "rtpCapabilities", "participants", "options", "createdAt", "stats"), room.fieldNames());
        assertEquals(counts(0, 1, 0, 0), room.getJsonObject("stats"));
        JsonObject ada = room.getJsonArray("participants").getJsonObject(0);
        assertEquals(Set.of("id", "data", "joinedAt"), ada.fieldNames());
        assertEquals("ada", ada.getString("id"));

        JsonArray participants = done(get("/rooms/r/participants")).getJsonArray("participants");
        assertEquals(2, participants.size());
        assertEquals(
                new JsonObject()
                        .put("videoProducer", producer)
                        .put("audioConsumers", new JsonArray())
                        .put("videoConsumers", new JsonArray()),
                participants.getJsonObject(0).getJsonObject("stats"));
        assertEquals(
                new JsonObject().put("name", "bob"),
                participants.getJsonObject(1).getJsonObject("data"));
    }

    @Test
    void closesARoom() throws Exception {
        make("a room/with?signs", new JsonObject());
        Answer answer = send("DELETE", "/rooms/a%20room%2Fwith%3Fsigns", null);

        assertEquals(200, answer.status);
        assertEquals(
                new JsonObject().put("success", true).put("message", "Room a room/with?signs closed successfully"),
                answer.json);
        assertEquals(0, rooms.roomCount());
        assertRefused(404, "ROOM_NOT_FOUND", "Room not found", send("DELETE", "/rooms/r", null));
    }

    /** The next event of a kind. Rooms tell of things after they have answered. */
    private <E extends RoomEvent> E hear(Class<E> kind) throws InterruptedException {
        while (true) {
            RoomEvent event = told.poll(SECONDS, TimeUnit.SECONDS);
            assertNotNull(event, "no " + kind.getSimpleName());
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    @Test
    void keepsASeatForAParticipant() throws Exception {
        make("r", new JsonObject().put("maxParticipants", 2));
        join("r", "bob", "socket-b");
        JsonObject data = new JsonObject().put("name", "John Doe").put("avatar", "https://localhost/avatar.jpg");
        JsonObject request = new JsonObject().put("participantId", "user-123").put("participantData", data);

        JsonObject participant = done(post("/rooms/r/participants", request)).getJsonObject("participant");
        assertEquals(Set.of("id", "roomId", "data", "joinedAt"), participant.fieldNames());
        assertEquals("user-123", participant.getString("id"));
        assertEquals("r", participant.getString("roomId"));
        assertEquals(data, participant.getJsonObject("data"));
        RoomEvent.PeerJoined announced = hear(RoomEvent.PeerJoined.class);
        assertEquals("user-123", announced.peer().userId());
        assertEquals("John Doe", announced.peer().displayName());

        assertEquals(participant, done(post("/rooms/r/participants", request)).getJsonObject("participant"));
        assertEquals(2, rooms.participantCount());
        assertRefused(
                409,
                "ROOM_FULL",
                "Room is full",
                post("/rooms/r/participants", new JsonObject().put("participantId", "another")));
    }

    @Test
    void removesAParticipant() throws Exception {
        make("r", new JsonObject());
        join("r", "ada", "socket-a");
        join("r", "bob", "socket-b");
        told.clear();
        Answer answer = send("DELETE", "/rooms/r/participants/ada", null);

        assertEquals(200, answer.status);
        assertEquals("Participant ada removed from room r", answer.json.getString("message"));
        hear(RoomEvent.Removed.class);
        Peer left = hear(RoomEvent.PeerLeft.class).peer();
        assertEquals("socket-a", left.peerId());
        assertEquals("ada", left.userId());
        assertRefused(
                404,
                "PARTICIPANT_NOT_FOUND",
                "Participant not found",
                send("DELETE", "/rooms/r/participants/ada", null));
        assertRefused(404, "ROOM_NOT_FOUND", "Room not found", send("DELETE", "/rooms/none/participants/ada", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rooms/none", "/rooms/none/participants"})
    void knowsNoOtherRooms(String path) throws Exception {
        assertRefused(404, "ROOM_NOT_FOUND", "Room not found", get(path));
    }

    @Test
    void saysHowItIs() throws Exception {
        make("r", new JsonObject());
        JsonObject worker = new JsonObject()
                .put("pid", 4)
                .put("resourceUsage", new JsonObject().put("cpu", 0.5).put("memory", 6));
        JsonObject workers = new JsonObject()
                .put("totalWorkers", 2)
                .put(
                        "workers",
                        new JsonArray()
                                .add(worker.copy().put("index", 0))
                                .add(worker.copy().put("index", 1)));

        JsonObject health = done(get("/health"));
        assertEquals("healthy", health.getString("status"));
        assertEquals("2030-01-01T00:00:00Z", health.getString("timestamp"));
        assertEquals(workers, health.getJsonObject("workers"));
        assertEquals(1, health.getJsonObject("rooms").getInteger("totalRooms"));
        assertEquals(0, health.getJsonObject("rooms").getInteger("totalParticipants"));
        assertEquals(1, health.getJsonObject("rooms").getJsonArray("rooms").size());

        JsonObject stats = done(get("/stats")).getJsonObject("stats");
        assertEquals(workers, stats.getJsonObject("workers"));
        assertEquals(new JsonObject().put("totalRooms", 1).put("totalParticipants", 0), stats.getJsonObject("rooms"));
        assertEquals(
                new JsonObject().put("activeRecordings", 0).put("recordings", new JsonArray()),
                stats.getJsonObject("recordings"));

        healthy = false;
        Answer unhealthy = get("/health");
        assertEquals(503, unhealthy.status);
        assertEquals("unhealthy", unhealthy.json.getString("status"));
        assertFalse(unhealthy.json.getBoolean("success"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "1",
                "\"roomId\"",
                "{}",
                "{\"roomId\":null}",
                "{\"roomId\":1}",
                "{\"roomId\":\"\"}",
                "{\"roomId\":\"a\\u0000b\"}",
                "{\"roomId\":\"r\"} {}",
                "{\"roomId\":\"r\",\"options\":[]}",
                "{\"roomId\":\"r\",\"options\":{\"maxParticipants\":0}}",
                "{\"roomId\":\"r\",\"options\":{\"maxParticipants\":1.5}}",
                "{\"roomId\":\"r\",\"options\":{\"maxParticipants\":\"2\"}}",
                "{\"roomId\":\"r\",\"options\":{\"maxParticipants\":1e99}}",
                "{\"roomId\":\"r\",\"options\":{\"enableRecording\":1}}",
                "{\"roomId\":\"r\",\"options\":{\"timeout\":-1}}",
                "{\"roomId\":\"r\",\"options\":{\"timeout\":9223372036854775808}}"
            })
    void refusesRoomsThatMakeNoSense(String body) throws Exception {
        Answer answer = send("POST", "/rooms", body);
        assertEquals(400, answer.status);
        assertEquals("INVALID_MESSAGE", answer.json.getString("code"));
        assertEquals(0, rooms.roomCount());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"participantId\":7}",
                "{\"participantId\":\"p\",\"participantData\":\"x\"}",
                "{\"participantId\":\"p\",\"participantData\":[]}"
            })
    void refusesParticipantsThatMakeNoSense(String body) throws Exception {
        make("r", new JsonObject());
        Answer answer = send("POST", "/rooms/r/participants", body);
        assertEquals(400, answer.status);
        assertEquals("INVALID_MESSAGE", answer.json.getString("code"));
        assertEquals(0, rooms.participantCount());
    }

    @Test
    void refusesWhatIsTooMuch() throws Exception {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertEquals(400, send("POST", "/rooms", "{\"roomId\":\"r\",\"x\":" + deep + "}").status);
        make("r", new JsonObject());
        String nested = "{\"x\":".repeat(40) + "1" + "}".repeat(40);
        assertEquals(
                400,
                send("POST", "/rooms/r/participants", "{\"participantId\":\"p\",\"participantData\":" + nested + "}")
                        .status);
        Answer large = send("POST", "/rooms", "{\"roomId\":\"" + "x".repeat(100_000) + "\"}");
        assertEquals(413, large.status);
        assertEquals("PAYLOAD_TOO_LARGE", large.json.getString("code"));
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() throws Exception {
        assertEquals(200, send("POST", "/rooms", "{\"roomId\":\"r\",\"__proto__\":{\"x\":1},\"more\":[]}").status);
    }

    @Test
    void takesOnlyJson() throws Exception {
        HttpRequest request = request("/rooms")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"roomId\":\"r\"}"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertEquals(415, response.statusCode());
        assertEquals("UNSUPPORTED_MEDIA_TYPE", new JsonObject(response.body()).getString("code"));
        assertEquals(0, rooms.roomCount());
    }

    @Test
    void hasNoOtherMethodsOrPaths() throws Exception {
        assertRefused(405, "METHOD_NOT_ALLOWED", "Method not allowed", send("PUT", "/rooms", "{}"));
        assertRefused(404, "NOT_FOUND", "Not found", get("/rooms/r/recording/status"));
        assertRefused(404, "NOT_FOUND", "Not found", get("/recordings"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health",
                "GET /stats",
                "GET /rooms",
                "POST /rooms",
                "GET /rooms/r",
                "DELETE /rooms/r",
                "GET /rooms/r/participants",
                "POST /rooms/r/participants",
                "DELETE /rooms/r/participants/p"
            })
    void asksForATokenInProduction(String line) throws Exception {
        production();
        String[] words = line.split(" ", 2);
        assertRefused(401, "UNAUTHORIZED", "Unauthorized", send(words[0], words[1], "{}"));
    }

    @Test
    void tokensDoWhatTheyAreGranted() throws Exception {
        production();
        String admin = token("{\"sub\":\"boss\",\"grants\":[\"admin\"]}");
        String maker = token("{\"sub\":\"maker\",\"grants\":[\"create\"]}");
        String host = token("{\"sub\":\"host\",\"room\":\"r\",\"role\":\"host\"}");
        String guest = token("{\"sub\":\"guest\",\"room\":\"r\",\"role\":\"viewer\"}");
        String other = token("{\"sub\":\"other\",\"room\":\"s\",\"role\":\"host\"}");
        String room = "{\"roomId\":\"r\"}";
        String participant = "{\"participantId\":\"p\"}";

        assertEquals(403, send("POST", "/rooms", room, other).status);
        assertEquals(403, send("POST", "/rooms", room, token("{\"sub\":\"x\",\"grants\":[\"publish\"]}")).status);
        assertEquals(200, send("POST", "/rooms", room, maker).status);

        assertEquals(1, listed(admin));
        assertEquals(0, listed(maker));
        assertEquals(1, listed(guest));
        assertEquals(0, listed(other));
        assertEquals(403, send("GET", "/rooms/r", null, other).status);
        assertEquals(200, send("GET", "/rooms/r", null, guest).status);
        assertEquals(403, send("GET", "/rooms/r/participants", null, other).status);

        assertEquals(403, send("POST", "/rooms/r/participants", participant, guest).status);
        assertEquals(200, send("POST", "/rooms/r/participants", "{\"participantId\":\"guest\"}", guest).status);
        assertEquals(403, send("POST", "/rooms/r/participants", participant, maker).status);
        assertEquals(200, send("POST", "/rooms/r/participants", participant, host).status);
        assertEquals(403, send("DELETE", "/rooms/r/participants/p", null, guest).status);
        assertEquals(403, send("DELETE", "/rooms/r/participants/p", null, other).status);
        assertEquals(200, send("DELETE", "/rooms/r/participants/p", null, host).status);
        assertEquals(403, send("DELETE", "/rooms/r", null, maker).status);
        assertEquals(403, send("DELETE", "/rooms/r", null, other).status);
        assertEquals(200, send("DELETE", "/rooms/r", null, admin).status);
    }

    private int listed(String token) throws Exception {
        return done(send("GET", "/rooms", null, token)).getJsonArray("rooms").size();
    }

    private void tell(Recipient recipient, RoomEvent event) {
        told.add(event);
    }

    private void production() throws Exception {
        serve(
                new HttpSettings("127.0.0.1", List.of(0), List.of(), false, false),
                new AuthSettings(SECRET, null, null, false));
    }

    private void serve(HttpSettings settings, AuthSettings auth) throws Exception {
        ServerStatus status = new ServerStatus() {
            @Override
            public boolean healthy() {
                return healthy;
            }

            @Override
            public boolean live() {
                return true;
            }

            @Override
            public int rooms() {
                return rooms.roomCount();
            }

            @Override
            public int peers() {
                return rooms.participantCount();
            }

            @Override
            public int workers() {
                return 2;
            }

            @Override
            public ServerProcess process() {
                return new ServerProcess(4, 0.5, 6);
            }

            @Override
            public String metrics() {
                return "";
            }
        };
        FoyerRouter router = new FoyerRouter(
                vertx,
                settings,
                new Authenticator(auth, () -> NOW),
                RequestLimits.none(),
                status,
                rooms,
                WebClientFiles.in(folder),
                new WhipSessions(rooms, new SecureRandom()),
                () -> NOW,
                request -> request.response().end());
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    private void make(String roomId, JsonObject options) throws Exception {
        done(post("/rooms", new JsonObject().put("roomId", roomId).put("options", options)));
    }

    private void join(String roomId, String userId, String socketId) throws Exception {
        CompletableFuture<RoomReply.Joined> joined = new CompletableFuture<>();
        rooms.join(
                roomId,
                RoomSpec.of(RoomType.MANSION),
                socketId,
                new RoomCommand.Join(
                        Dialect.MEDIASOUP,
                        userId,
                        ParticipantRole.PARTICIPANT,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        null,
                        Set.of(Permission.values())),
                joined);
        joined.get(SECONDS, TimeUnit.SECONDS);
    }

    private String produce(String roomId, String socketId) throws Exception {
        CompletableFuture<RoomReply.TransportCreated> transport = new CompletableFuture<>();
        rooms.ask(roomId, socketId, new RoomCommand.CreateTransport(TransportDirection.SEND), transport);
        String id = transport.get(SECONDS, TimeUnit.SECONDS).parameters().id();
        CompletableFuture<RoomReply.Produced> produced = new CompletableFuture<>();
        rooms.ask(
                roomId,
                socketId,
                new RoomCommand.Produce(
                        id,
                        MediaKind.VIDEO,
                        new RtpParameters(null, List.of(), List.of(), List.of(), new RtcpParameters(null, true)),
                        Map.of(),
                        false),
                produced);
        return produced.get(SECONDS, TimeUnit.SECONDS).producerId();
    }

    private static JsonObject counts(int audioProducers, int videoProducers, int audioConsumers, int videoConsumers) {
        return new JsonObject()
                .put("audioProducers", audioProducers)
                .put("videoProducers", videoProducers)
                .put("audioConsumers", audioConsumers)
                .put("videoConsumers", videoConsumers);
    }

    private static void assertRefused(int status, String code, String text, Answer answer) {
        assertEquals(
                new Answer(
                        status,
                        new JsonObject()
                                .put("success", false)
                                .put("error", text)
                                .put("code", code)),
                answer);
    }

    private static JsonObject done(Answer answer) {
        assertEquals(200, answer.status, answer::toString);
        assertTrue(answer.json.getBoolean("success"));
        return answer.json;
    }

    private Answer get(String path) throws Exception {
        return send("GET", path, null);
    }

    private Answer post(String path, JsonObject body) throws Exception {
        return send("POST", path, body.encode());
    }

    private Answer send(String method, String path, String body) throws Exception {
        return send(method, path, body, null);
    }

    private Answer send(String method, String path, String body, String token) throws Exception {
        HttpRequest.Builder request = request(path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json; charset=utf-8");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), new JsonObject(response.body()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/mediasoup" + path));
    }

    private static String token(String claims) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private record Answer(int status, JsonObject json) {}
}
