package dev.foyer.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.JsonWriter;
import dev.foyer.dialect.mediasoup.MediasoupApi;
import dev.foyer.http.ApiServices;
import dev.foyer.http.FoyerRouter;
import dev.foyer.http.HttpSettings;
import dev.foyer.http.RequestLimits;
import dev.foyer.http.ServerStatus;
import dev.foyer.http.WebClientFiles;
import dev.foyer.http.WebhookCounts;
import dev.foyer.http.WhipSessions;
import dev.foyer.room.Drain;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import dev.foyer.room.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} against the routes: all of them, what JSON they answer, and every error. */
class RouteDocTest {
    private static final List<String> SECTIONS = List.of("The room API", "WHIP and WHEP", "Other routes");
    private static final long SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ProtocolDoc doc;
    private final Set<String> seen = new TreeSet<>();
    private final ShownFields shown;
    private Rooms rooms;
    private FoyerRouter router;
    private int port;

    RouteDocTest() throws IOException {
        doc = ProtocolDoc.read();
        shown = new ShownFields(doc.objects(), seen);
    }

    @BeforeEach
    void serve() throws Exception {
        rooms = new Rooms(
                "node",
                List.of(new VertxLoop(vertx)),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                (_, _) -> {},
                RoomSettings.defaults());
        router = new FoyerRouter(
                vertx,
                HttpSettings.development(0),
                new Authenticator(AuthSettings.development(), InstantSource.system()),
                RequestLimits.none(),
                new Status(),
                rooms,
                WebClientFiles.built(),
                new WhipSessions(rooms, new SecureRandom()),
                InstantSource.system(),
                request -> request.response().end());
        router.withApi(
                new Authenticator(AuthSettings.development(), InstantSource.system()),
                rooms,
                new ApiServices(
                        new Drain(rooms, new VertxLoop(vertx), () -> {}), null, () -> WebhookCounts.NONE));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void namesEveryRoute() throws Exception {
        Field field = FoyerRouter.class.getDeclaredField("router");
        field.setAccessible(true);
        Set<String> routes = new TreeSet<>();
        for (Route route : ((Router) field.get(router)).getRoutes()) {
            if (route.getPath() == null || route.methods() == null || isOfThePage(route.getPath())) {
                continue;
            }
            for (HttpMethod method : route.methods()) {
                if (!isAboutTheRouteItself(route.getPath(), method)) {
                    routes.add(method + " " + route.getPath());
                }
            }
        }
        Set<String> documented = new TreeSet<>();
        SECTIONS.forEach(
                section -> documented.addAll(doc.table(section, "Route").keySet()));
        documented.addAll(routesOfTheApi());
        assertEquals(documented, routes);
    }

    @Test
    void describesWhatIsReadOfBodies() throws Exception {
        Map<String, Map<String, Object>> bodies = Map.of(
                "POST /api/mediasoup/rooms",
                Map.of("roomId", "r", "options", Map.of()),
                "POST /api/mediasoup/rooms/:roomId/participants",
                Map.of("participantId", "p", "participantData", Map.of()));
        MediasoupApi api = new MediasoupApi(rooms);
        Set<String> documented = new TreeSet<>();
        doc.table("The room API", "Route").forEach((route, cells) -> {
            if (!cells.get(1).isEmpty()) {
                FieldType.Fields body = (FieldType.Fields) FieldType.parse(ProtocolDoc.code(cells.get(1)));
                body.fields().keySet().forEach(field -> documented.add(route + "." + field));
            }
        });
        Set<String> read = new TreeSet<>();
        for (Map.Entry<String, Map<String, Object>> body : bodies.entrySet()) {
            Map<String, Object> message = new ReadFields(body.getKey(), read);
            message.putAll(body.getValue());
            if (body.getKey().endsWith("rooms")) {
                var _ = api.createRoom(Identity.guest(), message);
            } else {
                var _ = api.addParticipant(Identity.guest(), "r", message);
            }
        }
        assertEquals(documented, read);
    }

    @Test
    void describesWhatRoutesAnswer() throws Exception {
        checkAnswers();
    }

    @Test
    void everyFieldOfAnObjectExists() throws Exception {
        checkAnswers();
        for (Class<?> type :
                Class.forName("dev.foyer.dialect.mediasoup.ApiMessages").getDeclaredClasses()) {
            FieldType named = new FieldType.Named(type.getSimpleName());
            shown.check("", named, JsonWriter.object(Samples.minimal(type.asSubclass(Record.class))));
            shown.check("", named, JsonWriter.object(Samples.full(type.asSubclass(Record.class))));
        }
        Set<String> missing = new TreeSet<>();
        for (String name : doc.table("The room API", "Object").keySet()) {
            FieldType.Fields object = (FieldType.Fields) doc.objects().get(name);
            object.fields().keySet().forEach(field -> missing.add(name + "." + field));
        }
        missing.removeAll(seen);
        assertEquals(Set.of(), missing);
    }

    @Test
    void namesEveryError() throws Exception {
        Map<String, String> documented = new LinkedHashMap<>();
        doc.table("Errors", "Code").forEach((code, cells) -> documented.put(code, cells.get(1) + " " + cells.get(2)));
        Map<String, String> errors = new LinkedHashMap<>();
        Class<?> type = Class.forName("dev.foyer.http.HttpError");
        for (Object error : type.getEnumConstants()) {
            errors.put(((Enum<?>) error).name(), field(error, "text") + " " + field(error, "status"));
        }
        assertEquals(errors, documented);
        for (RoomErrorCode code : RoomErrorCode.values()) {
            assertTrue(documented.get(code.name()).startsWith(code.text() + " "), code::name);
        }
    }

    private void checkAnswers() throws Exception {
        Map<String, FieldType> answers = new LinkedHashMap<>();
        for (String section : List.of("The room API", "Other routes")) {
            doc.table(section, "Route").forEach((route, cells) -> {
                if (cells.get(2).startsWith("`")) {
                    answers.put(route, FieldType.parse(ProtocolDoc.code(cells.get(2))));
                }
            });
        }
        String room = "/api/mediasoup/rooms/:roomId";
        Map<String, Map<String, Object>> answered = new LinkedHashMap<>();
        ask(answered, "GET /health", null);
        ask(answered, "GET /health/ready", null);
        ask(answered, "GET /health/live", null);
        ask(answered, "GET /stats", null);
        ask(answered, "POST /api/mediasoup/rooms", "{\"roomId\":\"r\",\"options\":{\"timeout\":1000}}");
        ask(answered, "POST " + room + "/participants", "{\"participantId\":\"p\",\"participantData\":{}}");
        ask(answered, "GET /api/mediasoup/rooms", null);
        ask(answered, "GET " + room, null);
        ask(answered, "GET " + room + "/participants", null);
        ask(answered, "GET /api/mediasoup/health", null);
        ask(answered, "GET /api/mediasoup/stats", null);
        ask(answered, "DELETE " + room + "/participants/:participantId", null);
        ask(answered, "POST /api/mediasoup/rooms", "{\"roomId\":\"r\"}");
        ask(answered, "DELETE " + room, null);
        assertEquals(answers.keySet(), answered.keySet());
        answered.forEach((route, answer) -> shown.check(route, answers.get(route), answer));
    }

    /** Asks a route, with the room {@code r} and the participant {@code p} in its path. */
    private void ask(Map<String, Map<String, Object>> answered, String route, String body) throws Exception {
        String[] words = route.split(" ", 2);
        String path = words[1].replace(":roomId", "r").replace(":participantId", "p");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(words[0], body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), () -> route + ": " + response.body());
        answered.put(route, new JsonObject(response.body()).getMap());
    }

    /** What the table of {@code docs/api.md} names, as Vert.x writes it. */
    private static List<String> routesOfTheApi() throws IOException {
        return Files.readAllLines(Path.of("docs/api.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z]+ /api/v1/.*"))
                .map(line -> line.substring(line.indexOf('`') + 1, line.indexOf('`', line.indexOf('`') + 1)))
                .map(route -> route.replaceAll("\\{(\\w+)}", ":$1"))
                .toList();
    }

    private static boolean isOfThePage(String path) {
        return Stream.of("/api/", "/openapi.json", "/whip/", "/whep/", "/health", "/stats", "/metrics")
                .noneMatch(path::startsWith);
    }

    /** How WHIP and WHEP show which methods a path takes, and what comes with every {@code GET} of the API. */
    private static boolean isAboutTheRouteItself(String path, HttpMethod method) {
        if (path.startsWith("/api/v1/") || path.equals("/openapi.json")) {
            return method.equals(HttpMethod.HEAD);
        }
        return (path.startsWith("/whip/") || path.startsWith("/whep/"))
                && List.of(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.HEAD).contains(method);
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static final class Status implements ServerStatus {
        @Override
        public boolean healthy() {
            return true;
        }

        @Override
        public boolean live() {
            return true;
        }

        @Override
        public int rooms() {
            return 1;
        }

        @Override
        public int peers() {
            return 1;
        }

        @Override
        public int workers() {
            return 1;
        }

        @Override
        public ServerProcess process() {
            return new ServerProcess(1, 0, 1);
        }

        @Override
        public String metrics() {
            return "";
        }
    }
}
