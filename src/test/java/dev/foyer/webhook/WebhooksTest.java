package dev.foyer.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.http.DocumentedEvents;
import dev.foyer.room.Dialect;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Permission;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.Rooms;
import dev.foyer.room.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real rooms tell a real receiver. */
class WebhooksTest {
    private static final String SECRET = "a webhook secret";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final long SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private String address;
    private Webhooks webhooks;

    @TempDir
    private Path folder;

    @BeforeEach
    void receive() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS)
                .actualPort();
        address = "http://127.0.0.1:" + port;
    }

    @AfterEach
    void stop() throws Exception {
        if (webhooks != null) {
            webhooks.close().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        }
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void tellsOfARoomsLife() throws Exception {
        Rooms rooms = rooms(start(new WebhookEndpoint(URI.create(address + "/hook?key=1"), WebhookForm.EVENTS)));
        rooms.create("r", RoomSpec.of(RoomType.CINEMA)).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        join(rooms, "r", "ada", "socket-a");
        rooms.close("r", "over").toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);

        List<String> types = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Request request = next();
            assertEquals("/hook?key=1", request.uri);
            assertEquals(
                    Signature.of(SECRET, Long.toString(NOW.getEpochSecond()), request.body),
                    request.signature);
            JsonObject event = new JsonObject(request.body);
            assertEquals(List.of(), DocumentedEvents.faults(event));
            assertEquals(request.id, event.getString("id"));
            assertEquals(NOW.toString(), event.getString("createdAt"));
            assertEquals("r", event.getJsonObject("data").getJsonObject("room").getString("id"));
            types.add(event.getString("type"));
        }
        assertEquals(List.of("room.opened", "participant.joined", "participant.left", "room.closed"), types);
        webhooks.close().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertEquals(4, webhooks.counters().delivered());
    }

    @Test
    void tellsTheBackendOfCallsWhichRoomTheyAreIn() throws Exception {
        Rooms rooms = rooms(start(new WebhookEndpoint(URI.create(address + "/api/"), WebhookForm.CALL_ROOM)));
        for (String roomId : List.of("..", "../admin?x=1#y", "r")) {
            rooms.create(roomId, RoomSpec.of(RoomType.MANSION)).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        }
        join(rooms, "r", "ada", "socket-a");

        Request first = next();
        assertEquals("/api/calls/..%2Fadmin%3Fx%3D1%23y/setWebRtcRoomId", first.uri);
        assertEquals(new JsonObject().put("webrtcRoomId", "../admin?x=1#y"), new JsonObject(first.body));
        assertEquals("/api/calls/r/setWebRtcRoomId", next().uri);
        webhooks.close().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertNull(received.poll());
    }

    @Test
    void followsNoRedirect() throws Exception {
        status = 307;
        Rooms rooms = rooms(start(new WebhookEndpoint(URI.create(address + "/hook"), WebhookForm.EVENTS)));
        rooms.create("r", RoomSpec.of(RoomType.MANSION)).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertEquals("/hook", next().uri);
        // Tried again where it was sent first, and nowhere else.
        assertEquals("/hook", next().uri);
    }

    @Test
    void deliversAfterARestartWhatWasNotTaken() throws Exception {
        status = 503;
        WebhookEndpoint endpoint = new WebhookEndpoint(URI.create(address + "/hook"), WebhookForm.EVENTS);
        rooms(start(endpoint)).create("r", RoomSpec.of(RoomType.MANSION)).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        Request refused = next();
        webhooks.close().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        received.clear();

        status = 200;
        start(endpoint);
        Request taken = next();
        assertEquals(refused.id, taken.id);
        assertEquals(refused.body, taken.body);
    }

    @Test
    void sharesItsOutboxWithNobody() throws Exception {
        WebhookEndpoint endpoint = new WebhookEndpoint(URI.create(address), WebhookForm.EVENTS);
        start(endpoint);
        IOException refused = assertThrows(
                IOException.class,
                () -> Webhooks.start(
                        vertx,
                        WebhookSettings.of(List.of(endpoint), SECRET, folder),
                        new VertxLoop(vertx),
                        () -> NOW));
        assertTrue(String.valueOf(refused.getMessage()).contains("another server"));
    }

    @Test
    void saysNothingOfItsEndpointsInTexts() {
        WebhookEndpoint endpoint = new WebhookEndpoint(URI.create("https://example.org/key"), WebhookForm.EVENTS);
        String texts = endpoint + " " + WebhookSettings.of(List.of(endpoint), SECRET, folder);
        assertTrue(!texts.contains("example") && !texts.contains("key") && !texts.contains(SECRET), texts);
    }

    private Webhooks start(WebhookEndpoint endpoint) throws IOException {
        webhooks = Webhooks.start(
                vertx, WebhookSettings.of(List.of(endpoint), SECRET, folder), new VertxLoop(vertx), () -> NOW);
        return webhooks;
    }

    private Rooms rooms(Webhooks observer) {
        return new Rooms(
                "node",
                List.of(new VertxLoop(vertx)),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                (_, _) -> {},
                RoomSettings.defaults(),
                new Random(1),
                observer);
    }

    private static void join(Rooms rooms, String roomId, String userId, String peerId) throws Exception {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(
                roomId,
                RoomSpec.of(RoomType.MANSION),
                peerId,
                new RoomCommand.Join(
                        Dialect.CALL,
                        userId,
                        ParticipantRole.PARTICIPANT,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        null,
                        Set.of(Permission.SUBSCRIBE)),
                reply);
        reply.get(SECONDS, TimeUnit.SECONDS);
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.add(new Request(
                    request.uri(),
                    request.getHeader(Signature.ID),
                    request.getHeader(Signature.SIGNATURE),
                    body.toString()));
            request.response()
                    .setStatusCode(status)
                    .putHeader("Location", address + "/elsewhere")
                    .end("{}");
        });
    }

    private Request next() throws InterruptedException {
        Request request = received.poll(SECONDS, TimeUnit.SECONDS);
        assertTrue(request != null, "nothing came");
        return request;
    }

    private record Request(String uri, String id, String signature, String body) {}
}
