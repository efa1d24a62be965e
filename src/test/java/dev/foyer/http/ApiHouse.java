package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.auth.TokenMint;
import dev.foyer.room.Dialect;
import dev.foyer.room.Drain;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Permission;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.Rooms;
import dev.foyer.room.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /api/v1} over real HTTP, with rooms that have no media. Every answer is held against the API's document. */
final class ApiHouse implements AutoCloseable {
    static final String BASE = "/api/v1";
    static final String SECRET = "a secret of thirty-two characters";
    private static final long SECONDS = 10;

    final Vertx vertx = Vertx.vertx();
    final Rooms rooms;
    final BlockingQueue<RoomEvent> told = new LinkedBlockingQueue<>();
    volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");
    volatile boolean draining;
    private final HttpClient client = HttpClient.newHttpClient();
    private final DocumentedAnswers documented;
    private final AuthSettings auth;
    private final int port;

    private ApiHouse(AuthSettings auth, DocumentedAnswers documented, Path folder) throws Exception {
        this.auth = auth;
        this.documented = documented;
        VertxLoop loop = new VertxLoop(vertx);
        rooms = new Rooms(
                "node",
                List.of(loop),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                (Recipient _, RoomEvent event) -> told.add(event),
                RoomSettings.defaults());
        InstantSource clock = () -> now;
        Authenticator authenticator = new Authenticator(auth, clock);
        FoyerRouter router = new FoyerRouter(
                        vertx,
                        new HttpSettings("127.0.0.1", List.of(0), List.of(), auth.guests(), false),
                        authenticator,
                        RequestLimits.none(),
                        new Status(),
                        rooms,
                        WebClientFiles.in(folder),
                        new WhipSessions(rooms, new SecureRandom()),
                        clock,
                        request -> request.response().end())
                .withApi(
                        authenticator,
                        rooms,
                        new ApiServices(
                                new Drain(rooms, loop, () -> draining = true),
                                auth.secret() == null ? null : new TokenMint(auth, clock),
                                () -> new WebhookCounts(1, 2, 3, 4)));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    /** Nobody needs a token. */
    static ApiHouse development(DocumentedAnswers documented, Path folder) throws Exception {
        return new ApiHouse(AuthSettings.development(), documented, folder);
    }

    /** Everybody needs one. */
    static ApiHouse production(DocumentedAnswers documented, Path folder) throws Exception {
        return new ApiHouse(new AuthSettings(SECRET, null, null, false), documented, folder);
    }

    @Override
    public void close() throws TimeoutException {
        client.close();
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    /** A token that is good for an hour. */
    String token(String userId, String room, String role, Set<Grant> grants) {
        return new TokenMint(auth, () -> now)
                .mint(new Identity(userId, null, room, role, grants), Duration.ofHours(1));
    }

    /**
     * Asks the API.
     *
     * @param line method and path below {@link #BASE}
     * @param body null for none
     * @param headers names and values; {@code Authorization} with a bare token
     */
    Answer ask(String line, String body, String... headers) throws Exception {
        String[] words = line.split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + BASE + words[1]))
                .method(words[0], body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            boolean token = headers[i].equals("Authorization");
            request.setHeader(headers[i], token ? "Bearer " + headers[i + 1] : headers[i + 1]);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
        if (!words[0].equals("HEAD")) {
            assertEquals(
                    List.of(),
                    documented.faults(
                            words[0], BASE + words[1], answer.status, answer.header("content-type"), answer.body),
                    () -> line + ": " + answer.status + " " + answer.body);
        }
        return answer;
    }

    /** Asks for something outside of the API. */
    HttpResponse<String> plain(String method, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Somebody joins by a socket. */
    void join(String roomId, String userId, String peerId, ParticipantRole role, Set<Permission> permissions)
            throws Exception {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(
                roomId,
                RoomSpec.of(RoomType.MANSION),
                peerId,
                new RoomCommand.Join(
                        Dialect.CALL,
                        userId,
                        role,
                        userId.toUpperCase(java.util.Locale.ROOT),
                        Map.of("audio", true),
                        null,
                        new MeshSupport.None(),
                        null,
                        permissions),
                reply);
        reply.get(SECONDS, TimeUnit.SECONDS);
    }

    void join(String roomId, String userId, String peerId) throws Exception {
        join(
                roomId,
                userId,
                peerId,
                ParticipantRole.PARTICIPANT,
                Set.of(Permission.PUBLISH, Permission.SUBSCRIBE));
    }

    /** The next event of a kind. Rooms tell of things after they have answered. */
    <E extends RoomEvent> E hear(Class<E> kind) throws InterruptedException {
        while (true) {
            RoomEvent event = told.poll(SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName());
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /** What the API answered. */
    record Answer(int status, HttpHeaders headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        String code() {
            return json().getString("code");
        }
    }

    private final class Status implements ServerStatus {
        @Override
        public boolean healthy() {
            return !draining;
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
    }
}
