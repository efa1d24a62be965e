package dev.foyer.http;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.limit.LimitKind;
import dev.foyer.limit.LimitScope;
import dev.foyer.limit.LimitSettings;
import dev.foyer.limit.Limits;
import dev.foyer.limit.Rate;
import dev.foyer.room.Dialect;
import dev.foyer.room.FakeConnection;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.IceServer;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Permission;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomLoop;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.Rooms;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.impl.jose.JWT;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** An HTTP server over real rooms and a fake media plane, and a client for it. */
final class WhipHouse implements AutoCloseable {
    static final String SDP = "application/sdp";
    static final String FRAGMENT = "application/trickle-ice-sdpfrag";
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String SECRET = "a secret of at least 32 characters";

    final FakeMediaPlane plane = new FakeMediaPlane();
    final Rooms rooms;
    final WhipSessions sessions;
    /** What participants of other dialects hear. */
    final List<RoomEvent> heard = new CopyOnWriteArrayList<>();

    volatile boolean healthy = true;
    volatile Instant now = NOW;
    private final LiveLoop loop = new LiveLoop();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    /** A house for guests of this machine. */
    WhipHouse() throws Exception {
        this(HttpSettings.development(0), AuthSettings.development());
    }

    WhipHouse(HttpSettings settings, AuthSettings auth) throws Exception {
        AtomicReference<WhipSessions> sink = new AtomicReference<>();
        rooms = new Rooms(
                "node",
                List.of(loop),
                new InMemoryRoomDirectory(),
                plane,
                userId -> List.of(
                        new IceServer(List.of("stun:stun.example.org"), null, null),
                        new IceServer(
                                List.of("turn:turn.example.org", "turns:turn.example.org?transport=tcp"),
                                "until:" + userId,
                                "se\"cret")),
                (recipient, event) -> {
                    if (recipient.dialect() == Dialect.WHIP) {
                        sink.get().deliver(recipient, event);
                    } else {
                        heard.add(event);
                    }
                },
                RoomSettings.defaults());
        sessions = new WhipSessions(rooms, new SecureRandom());
        sink.set(sessions);
        FoyerRouter router = new FoyerRouter(
                vertx,
                settings,
                new Authenticator(auth, () -> NOW),
                new RequestLimits(
                        new Limits(
                                new LimitSettings(
                                        Map.of(LimitKind.JOINS, Map.of(LimitScope.ADDRESS, new Rate(10, 60))),
                                        Map.of()),
                                () -> TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli()),
                                new Random(1)),
                        TrustedProxies.none()),
                new Status(),
                rooms,
                WebClientFiles.built(),
                sessions,
                () -> now,
                request -> request.response().setStatusCode(418).end());
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    /** A house that asks for tokens. */
    static WhipHouse withTokens() throws Exception {
        return new WhipHouse(
                new HttpSettings("127.0.0.1", List.of(0), List.of("https://app.example.org"), false, false),
                new AuthSettings(SECRET, null, null, false));
    }

    /** A token that {@link #withTokens} believes. */
    static String token(JsonObject claims) {
        return new JWT()
                .addJWK(new JWK(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(SECRET)))
                .sign(claims, new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true));
    }

    int port() {
        return port;
    }

    /** Posts an offer. */
    HttpResponse<String> offer(String path, String sdp, String... headers) throws Exception {
        return send("POST", path, SDP, sdp, headers);
    }

    /** Opens a session, which has to succeed. */
    HttpResponse<String> opened(String path, String sdp) throws Exception {
        HttpResponse<String> response = offer(path, sdp);
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        return response;
    }

    /** Sends a request; without a type it has no body. */
    HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws Exception {
        BodyPublisher publisher = type == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, publisher)
                .timeout(Duration.ofSeconds(10));
        if (type != null) {
            request.header("Content-Type", type);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Posts an offer whose body waits for {@code 100 Continue}, as libcurl does; returns the two status lines. */
    List<String> offerWhenAsked(String path, String sdp) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            byte[] body = sdp.getBytes(StandardCharsets.UTF_8);
            String head = String.join(
                    "\r\n",
                    "POST " + path + " HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Content-Type: " + SDP,
                    "Content-Length: " + body.length,
                    "Expect: 100-continue",
                    "",
                    "");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            String first = answers.readLine();
            answers.readLine();
            socket.getOutputStream().write(body);
            return List.of(first, answers.readLine());
        }
    }

    /** As {@link #send}, without a body. */
    HttpResponse<String> bare(String method, String path, String... headers) throws Exception {
        return send(method, path, null, "", headers);
    }

    static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    static String etag(HttpResponse<?> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    static String code(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }

    /** Somebody of another dialect takes a seat. */
    RoomReply.Joined join(String roomId, String id) throws Exception {
        return join(roomId, RoomSpec.of(RoomType.MANSION), id);
    }

    RoomReply.Joined join(String roomId, RoomSpec spec, String id) throws Exception {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(
                roomId,
                spec,
                id,
                new RoomCommand.Join(
                        Dialect.CALL,
                        "user-" + id,
                        ParticipantRole.PARTICIPANT,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        FakeMediaPlane.capabilities(),
                        EnumSet.allOf(Permission.class)),
                reply);
        return await(reply);
    }

    /** The connections that the SFU has. */
    List<FakeConnection> connections() {
        return List.copyOf(plane.session().connections.values());
    }

    /** Waits until the rooms have done everything that they were asked for so far. */
    void settle() throws Exception {
        // A turn may ask for another one.
        for (int i = 0; i < 5; i++) {
            await(CompletableFuture.runAsync(() -> {}, loop.executor));
        }
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        loop.executor.shutdownNow();
    }

    private final class Status implements ServerStatus {
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
            return 1;
        }

        @Override
        public ServerProcess process() {
            return new ServerProcess(1, 0, 0);
        }

        @Override
        public String metrics() {
            return "";
        }
    }

    /** One thread for all rooms. */
    private static final class LiveLoop implements RoomLoop {
        private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long nowMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public Runnable schedule(long delayNanos, Runnable task) {
            ScheduledFuture<?> timer = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        }
    }
}
