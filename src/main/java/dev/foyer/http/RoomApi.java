package dev.foyer.http;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.mediasoup.MediasoupApi;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.Rooms;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rooms and participants over HTTP, for the servers of applications: {@code /api/mediasoup}. Answers are JSON. */
final class RoomApi {
    private static final String BASE = "/api/mediasoup";
    private static final String ROOM = BASE + "/rooms/:roomId";
    private static final String PARTICIPANTS = ROOM + "/participants";
    private static final int MAX_BODY = 64 * 1024;

    private final MediasoupApi api;
    private final Rooms rooms;
    private final RequestLimits limits;
    private final ServerStatus status;
    private final InstantSource clock;
    private final Admission admission;
    private final BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY);

    RoomApi(Rooms rooms, ServerStatus status, InstantSource clock, Admission admission, RequestLimits limits) {
        this.api = new MediasoupApi(rooms);
        this.rooms = rooms;
        this.limits = limits;
        this.status = status;
        this.clock = clock;
        this.admission = admission;
    }

    /** Adds the routes. */
    void mount(Router router) {
        answer(router.get(BASE + "/health"), this::health);
        answer(router.get(BASE + "/stats"), this::stats);
        answer(router.get(BASE + "/rooms"), context -> api.listRooms(identity(context), clock.millis()));
        answerBody(router.post(BASE + "/rooms"), this::createRoom);
        answer(router.get(ROOM), context -> api.showRoom(identity(context), room(context)));
        answer(router.delete(ROOM), context -> api.closeRoom(identity(context), room(context)));
        answer(router.get(PARTICIPANTS), context -> api.listParticipants(identity(context), room(context)));
        answerBody(router.post(PARTICIPANTS), context -> {
            limits.join(context, room(context));
            return api.addParticipant(identity(context), room(context), json(context));
        });
        answer(
                router.delete(PARTICIPANTS + "/:participantId"),
                context ->
                        api.removeParticipant(identity(context), room(context), parameter(context, "participantId")));
    }

    private CompletionStage<Map<String, @Nullable Object>> createRoom(RoutingContext context) {
        Map<String, Object> json = json(context);
        if (json.get("roomId") instanceof String roomId) {
            limits.room(context, rooms, roomId);
        }
        return api.createRoom(identity(context), json);
    }

    private void answerBody(
            Route route, Function<RoutingContext, CompletionStage<Map<String, @Nullable Object>>> request) {
        // As a plain handler: Vert.x would have the body read before anybody is asked for a token.
        route.handler(admission).handler(RoomApi::checkContentType).handler(context -> body.handle(context));
        route.handler(context -> carryOut(context, request));
    }

    private void answer(Route route, Function<RoutingContext, CompletionStage<Map<String, @Nullable Object>>> request) {
        route.handler(admission).handler(context -> carryOut(context, request));
    }

    private static void carryOut(
            RoutingContext context, Function<RoutingContext, CompletionStage<Map<String, @Nullable Object>>> request) {
        CompletionStage<Map<String, @Nullable Object>> answer;
        try {
            answer = request.apply(context);
        } catch (RuntimeException failure) {
            HttpError.end(context.response(), failure);
            return;
        }
        // Rooms answer on their own loops.
        Context own = context.vertx().getOrCreateContext();
        var _ = answer.whenComplete((fields, failure) -> own.runOnContext(_ -> {
            if (failure != null) {
                HttpError.end(context.response(), failure);
            } else {
                Map<String, @Nullable Object> reply = new LinkedHashMap<>();
                reply.put("success", true);
                reply.putAll(fields);
                try {
                    FoyerRouter.json(context, new JsonObject(reply));
                } catch (RuntimeException bug) {
                    HttpError.end(context.response(), bug);
                }
            }
        }));
    }

    private CompletionStage<Map<String, @Nullable Object>> health(RoutingContext context) {
        return api.listRooms(identity(context), clock.millis()).thenApply(listed -> {
            boolean healthy = status.healthy();
            context.response().setStatusCode(healthy ? 200 : 503);
            Map<String, @Nullable Object> rooms = totals();
            rooms.putAll(listed);
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("success", healthy);
            fields.put("status", healthy ? "healthy" : "unhealthy");
            fields.put("timestamp", clock.instant().toString());
            fields.put("workers", workers());
            fields.put("rooms", rooms);
            return fields;
        });
    }

    private CompletionStage<Map<String, @Nullable Object>> stats(RoutingContext context) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("workers", workers());
        stats.put("rooms", totals());
        stats.put("recordings", Map.of("activeRecordings", 0, "recordings", List.of()));
        stats.put("timestamp", clock.instant().toString());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("stats", stats);
        return CompletableFuture.completedStage(fields);
    }

    private Map<String, @Nullable Object> totals() {
        Map<String, @Nullable Object> totals = new LinkedHashMap<>();
        totals.put("totalRooms", status.rooms());
        totals.put("totalParticipants", status.peers());
        return totals;
    }

    /** SFU workers are threads of one process, whose id and use of resources each of them shows. */
    private Map<String, Object> workers() {
        int count = status.workers();
        ServerStatus.ServerProcess process = status.process();
        Map<String, Object> usage = Map.of("cpu", process.cpuLoad(), "memory", process.memoryMegabytes());
        List<Map<String, Object>> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(Map.of("index", i, "pid", process.pid(), "resourceUsage", usage));
        }
        return Map.of("totalWorkers", count, "workers", workers);
    }

    private static void checkContentType(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        int end = type == null ? 0 : type.indexOf(';');
        String mediaType = type == null ? "" : type.substring(0, end < 0 ? type.length() : end);
        if (mediaType.strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            context.next();
        } else {
            HttpError.UNSUPPORTED_MEDIA_TYPE.end(context.response(), "Content-Type must be application/json");
        }
    }

    private static Map<String, Object> json(RoutingContext context) {
        try {
            JsonObject json = context.body().asJsonObject();
            if (json != null) {
                return json.getMap();
            }
        } catch (DecodeException | ClassCastException _) {
            // As if there were none.
        }
        throw new RoomException(RoomErrorCode.INVALID_MESSAGE, "The body must be a JSON object");
    }

    private static Identity identity(RoutingContext context) {
        return Admission.identity(context);
    }

    private static String room(RoutingContext context) {
        return parameter(context, "roomId");
    }

    /** A part of the path, decoded; every route that asks for one has it. */
    private static String parameter(RoutingContext context, String name) {
        return Objects.requireNonNull(context.pathParam(name));
    }
}
