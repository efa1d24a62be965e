package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.ManualLoop;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoyerRouterTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String PAGE = "<!doctype html>" + " ".repeat(2_000);

    @TempDir
    private Path folder;

    private Vertx vertx;
    private HttpClient client;
    private boolean healthy = true;
    private boolean live = true;

    @BeforeEach
    void start() throws IOException {
        vertx = Vertx.vertx();
        client = vertx.createHttpClient();
        Files.createDirectory(folder.resolve("assets"));
        Files.writeString(folder.resolve("index.html"), PAGE);
        Files.writeString(folder.resolve("assets/app-0a1b2c.js"), "export {};");
        Files.writeString(folder.resolve("icon.svg"), "<svg/>");
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void saysThatItIsHealthy() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());
        Answer answer = get(port, "/health");

        assertEquals(200, answer.status);
        assertEquals(
                new JsonObject()
                        .put("status", "healthy")
                        .put("timestamp", "2030-01-01T00:00:00Z")
                        .put("service", "webrtc"),
                answer.json());
    }

    @Test
    void saysThatItIsNotHealthy() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());
        healthy = false;

        assertEquals(503, get(port, "/health").status);
    }

    @Test
    void tellsReadyFromLive() {
        int port = serve(production(false), new AuthSettings("secret", null, null, false));
        assertEquals(200, get(port, "/health/ready").status);
        assertEquals(200, get(port, "/health/live").status);

        healthy = false;
        Answer ready = get(port, "/health/ready");
        assertEquals(503, ready.status);
        assertEquals("not ready", ready.json().getString("status"));
        assertEquals(200, get(port, "/health/live").status);

        live = false;
        Answer stuck = get(port, "/health/live");
        assertEquals(503, stuck.status);
        assertEquals("stuck", stuck.json().getString("status"));
    }

    @Test
    void showsNumbers() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());

        assertEquals(
                new JsonObject().put("rooms", 1).put("peers", 2).put("workers", 3),
                get(port, "/stats").json());
        assertEquals("metrics", get(port, "/metrics").body.toString());
    }

    @Test
    void asksForATokenInProduction() {
        int port = serve(production(false), new AuthSettings("secret", null, null, false));

        Answer refused = get(port, "/stats");
        assertEquals(401, refused.status);
        assertEquals(error("Unauthorized", "UNAUTHORIZED"), refused.json());
        assertEquals(401, get(port, "/metrics").status);
        assertEquals(200, get(port, "/health").status);
    }

    @Test
    void showsMetricsToEverybodyWhenTheyAreOpen() {
        int port = serve(production(true), new AuthSettings("secret", null, null, false));

        assertEquals(200, get(port, "/metrics").status);
        assertEquals(401, get(port, "/stats").status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/r/my-room", "/r/%2e%2e"})
    void servesThePage(String path) {
        Answer answer = get(serve(HttpSettings.development(0), AuthSettings.development()), path);

        assertEquals(200, answer.status);
        assertEquals(PAGE, answer.body.toString());
        assertEquals("text/html; charset=utf-8", answer.headers.get("content-type"));
        assertEquals("no-cache", answer.headers.get("cache-control"));
        assertTrue(answer.headers.get("content-security-policy").contains("default-src 'none'"));
        assertEquals("no-referrer", answer.headers.get("referrer-policy"));
    }

    @Test
    void letsBrowsersKeepWhatIsNamedByItsContent() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());

        assertEquals(
                "public, max-age=31536000, immutable",
                get(port, "/assets/app-0a1b2c.js").headers.get("cache-control"));
        assertEquals("no-cache", get(port, "/icon.svg").headers.get("cache-control"));
    }

    @Test
    void answersThatNothingChanged() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());
        String etag = get(port, "/").headers.get("etag");

        Answer answer = send(port, HttpMethod.GET, "/", "If-None-Match", "\"other\", W/" + etag);
        assertEquals(304, answer.status);
        assertEquals(0, answer.body.length());
        assertEquals(200, send(port, HttpMethod.GET, "/", "If-None-Match", "\"other\"").status);
    }

    @Test
    void compressesForWhoUnderstandsIt() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());

        Answer compressed = send(port, HttpMethod.GET, "/", "Accept-Encoding", "br, gzip");
        assertEquals("gzip", compressed.headers.get("content-encoding"));
        assertTrue(compressed.body.length() < PAGE.length());
        assertNull(send(port, HttpMethod.GET, "/", "Accept-Encoding", "gzip;q=0")
                .headers
                .get("content-encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/assets/", "/../pom.xml", "/..%2f..%2fpom.xml", "/r/a/b", "/%", "/%4", "/%zz"})
    void hasNothingElse(String path) {
        Answer answer = get(serve(HttpSettings.development(0), AuthSettings.development()), path);

        assertTrue(answer.status == 404 || answer.status == 400, () -> "status " + answer.status);
        assertFalse(answer.json().getBoolean("success"));
    }

    @Test
    void refusesWhatWasForwardedInDevelopment() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());

        assertEquals(403, send(port, HttpMethod.GET, "/health", "X-Forwarded-For", "203.0.113.9").status);
        assertEquals(403, send(port, HttpMethod.GET, "/socket.io/", "Forwarded", "for=203.0.113.9").status);
        assertEquals(403, send(port, HttpMethod.GET, "/health", "Host", "rebound.example.org").status);
        assertEquals(418, send(port, HttpMethod.GET, "/socket.io/", "Host", "localhost").status);
    }

    @Test
    void takesWhatWasForwardedInProduction() {
        int port = serve(production(false), new AuthSettings("secret", null, null, false));

        assertEquals(200, send(port, HttpMethod.GET, "/health", "X-Forwarded-For", "203.0.113.9").status);
    }

    @Test
    void leavesItsPathToSocketIo() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());

        assertEquals(418, get(port, "/socket.io/?EIO=4").status);
        assertEquals(404, get(port, "/socket.io").status);
    }

    @Test
    void letsAllowedOriginsIn() {
        HttpSettings settings =
                new HttpSettings("127.0.0.1", List.of(0), List.of("https://app.example.org"), false, true);
        int port = serve(settings, AuthSettings.development());

        Answer allowed = send(port, HttpMethod.GET, "/health", "Origin", "https://app.example.org");
        assertEquals("https://app.example.org", allowed.headers.get("access-control-allow-origin"));
        assertEquals("true", allowed.headers.get("access-control-allow-credentials"));
        assertEquals(403, send(port, HttpMethod.GET, "/health", "Origin", "https://evil.example.org").status);
        assertEquals(403, send(port, HttpMethod.GET, "/health", "Origin", "http://localhost:5173").status);
        assertEquals(200, send(port, HttpMethod.GET, "/health", "Origin", "http://127.0.0.1:" + port).status);
        assertEquals(
                204,
                send(
                                port,
                                HttpMethod.OPTIONS,
                                "/stats",
                                "Origin",
                                "https://app.example.org",
                                "Access-Control-Request-Method",
                                "GET")
                        .status);
    }

    @Test
    void letsEveryPageOfThisMachineInWhileDeveloping() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());

        assertEquals(200, send(port, HttpMethod.GET, "/health", "Origin", "http://localhost:5173").status);
        assertEquals(403, send(port, HttpMethod.GET, "/health", "Origin", "https://example.org").status);
    }

    @Test
    void answersToOtherMethodsWithAnErrorOfItsOwn() {
        int port = serve(HttpSettings.development(0), AuthSettings.development());
        Answer answer = send(port, HttpMethod.POST, "/health");

        assertEquals(405, answer.status);
        assertEquals(error("Method not allowed", "METHOD_NOT_ALLOWED"), answer.json());
    }

    private static JsonObject error(String text, String code) {
        return new JsonObject().put("success", false).put("error", text).put("code", code);
    }

    private static HttpSettings production(boolean metricsOpen) {
        return new HttpSettings("127.0.0.1", List.of(0), List.of(), false, metricsOpen);
    }

    private int serve(HttpSettings settings, AuthSettings auth) {
        ServerStatus status = new ServerStatus() {
            @Override
            public boolean healthy() {
                return healthy;
            }

            @Override
            public boolean live() {
                return live;
            }

            @Override
            public int rooms() {
                return 1;
            }

            @Override
            public int peers() {
                return 2;
            }

            @Override
            public int workers() {
                return 3;
            }

            @Override
            public ServerProcess process() {
                return new ServerProcess(4, 0.5, 6);
            }

            @Override
            public String metrics() {
                return "metrics";
            }
        };
        Rooms rooms = noRooms();
        try {
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
                    request -> request.response().setStatusCode(418).end());
            return await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                    .actualPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Rooms noRooms() {
        return new Rooms(
                "node",
                List.of(new ManualLoop()),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                (_, _) -> {},
                RoomSettings.defaults());
    }

    private Answer get(int port, String path) {
        return send(port, HttpMethod.GET, path);
    }

    /** All on one context: a body that arrives before somebody on another asks for it is lost. */
    private Answer send(int port, HttpMethod method, String path, String... headers) {
        Promise<Answer> answered = Promise.promise();
        vertx.runOnContext(_ -> client.request(method, port, "127.0.0.1", path)
                .compose(request -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        request.putHeader(headers[i], headers[i + 1]);
                    }
                    return request.send();
                })
                .compose(response ->
                        response.body().map(body -> new Answer(response.statusCode(), response.headers(), body)))
                .onComplete(answered));
        return await(answered.future());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private record Answer(int status, MultiMap headers, Buffer body) {
        JsonObject json() {
            return body.toJsonObject();
        }
    }
}
