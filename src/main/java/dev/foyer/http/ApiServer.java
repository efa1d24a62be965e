package dev.foyer.http;

import dev.foyer.room.Drain;
import dev.foyer.room.RoomCounters;
import dev.foyer.room.Rooms;
import dev.foyer.room.TopologyMode;
import dev.foyer.room.TopologyReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the API does with the server as a whole. Any thread. */
final class ApiServer {
    private final Rooms rooms;
    private final ServerStatus status;
    private final ApiServices services;

    ApiServer(Rooms rooms, ServerStatus status, ApiServices services) {
        this.rooms = rooms;
        this.status = status;
        this.services = services;
    }

    CompletionStage<ApiAnswer> stats(ApiRequest request) {
        WebhookCounts webhooks = services.webhooks().get();
        ServerStatus.ServerProcess process = status.process();
        return done(ApiAnswer.ok(new JsonObject()
                .put("rooms", status.rooms())
                .put("participants", status.peers())
                .put("workers", status.workers())
                .put("healthy", status.healthy())
                .put("roomsOpened", rooms.counters().roomsOpened())
                .put("modeChanges", modeChanges(rooms.counters()))
                .put(
                        "webhooks",
                        new JsonObject()
                                .put("delivered", webhooks.delivered())
                                .put("retries", webhooks.retries())
                                .put("waiting", webhooks.waiting())
                                .put("dead", webhooks.dead()))
                .put(
                        "process",
                        new JsonObject()
                                .put("id", process.pid())
                                .put("cpuLoad", process.cpuLoad())
                                .put("heapMegabytes", process.memoryMegabytes()))));
    }

    CompletionStage<ApiAnswer> drain(ApiRequest request) {
        return done(ApiAnswer.ok(view(services.drain().progress())));
    }

    CompletionStage<ApiAnswer> startDrain(ApiRequest request) {
        Number grace = request.field("graceSeconds", Number.class);
        long graceMillis = grace == null ? 0 : 1_000 * grace.longValue();
        return done(new ApiAnswer(202, view(services.drain().begin(graceMillis)), Map.of()));
    }

    private static JsonObject view(Drain.Progress progress) {
        String state = progress.startedAtMillis() == null ? "serving" : progress.done() ? "drained" : "draining";
        return new JsonObject()
                .put("state", state)
                .put("startedAt", ApiViews.time(progress.startedAtMillis()))
                .put("endsAt", ApiViews.time(progress.endsAtMillis()))
                .put("rooms", progress.rooms())
                .put("participants", progress.participants());
    }

    private static JsonArray modeChanges(RoomCounters counters) {
        JsonArray changes = new JsonArray();
        for (TopologyMode mode : TopologyMode.values()) {
            for (TopologyReason reason : TopologyReason.values()) {
                long count = counters.changes(mode, reason);
                if (count > 0) {
                    changes.add(new JsonObject()
                            .put("mode", mode.toString())
                            .put("reason", reason.toString())
                            .put("count", count));
                }
            }
        }
        return changes;
    }

    private static CompletionStage<ApiAnswer> done(ApiAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
