package dev.foyer.http;

import dev.foyer.ortc.MediaKind;
import dev.foyer.room.Peer;
import dev.foyer.room.RoleLimits;
import dev.foyer.room.RoomReport;
import dev.foyer.room.RoomSummary;
import dev.foyer.room.RoomView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rooms and participants as the API shows them. */
final class ApiViews {
    private ApiViews() {}

    static JsonObject room(RoomSummary summary) {
        RoomView room = summary.room();
        Duration kept = room.keptEmpty();
        RoleLimits limits = summary.rules().limits();
        return new JsonObject()
                .put("id", room.id())
                .put("type", room.type().toString())
                .put("metadata", new JsonObject(room.metadata()))
                .put("maxParticipants", room.maxParticipants())
                .put("listed", summary.listed())
                .put("locked", summary.locked())
                .put("recordable", room.recordable())
                .put("keptEmptySeconds", kept == null ? null : kept.toSeconds())
                .put("lobby", summary.rules().lobby())
                .put("endsAt", time(summary.rules().endsAtMillis()))
                .put("maxHosts", limit(limits.hosts()))
                .put("maxSpeakers", limit(limits.participants()))
                .put("maxViewers", limit(limits.viewers()))
                .put("createdBy", room.createdBy())
                .put("createdAt", time(summary.createdAtMillis()));
    }

    static JsonObject participant(RoomReport.Seated seated) {
        Peer peer = seated.peer();
        JsonArray producers = new JsonArray();
        seated.producers()
                .forEach(producer -> producers.add(new JsonObject()
                        .put("id", producer.producerId())
                        .put("kind", producer.kind().toString())
                        .put("paused", producer.paused())
                        .put("appData", new JsonObject(producer.appData()))));
        return new JsonObject()
                .put("id", peer.peerId())
                .put("userId", peer.userId())
                .put("role", peer.role().toString())
                .put("displayName", peer.displayName())
                .put("mediaState", object(peer.mediaState()))
                .put("data", object(peer.data()))
                .put("present", seated.present())
                .put("joinedAt", time(peer.joinedAtMillis()))
                .put("producers", producers)
                .put("audioConsumers", consumers(seated, MediaKind.AUDIO))
                .put("videoConsumers", consumers(seated, MediaKind.VIDEO));
    }

    /** A page, and the way to the next. */
    static ApiAnswer page(String path, ApiRequest request, JsonArray items, @Nullable PageCursor next) {
        JsonObject body = new JsonObject().put("items", items).put("nextCursor", next == null ? null : next.text());
        String link = next == null
                ? null
                : "<%s?limit=%d&cursor=%s>; rel=\"next\"".formatted(path, request.integer("limit"), next.text());
        return new ApiAnswer(200, body, link == null ? Map.of() : Map.of("Link", link));
    }

    static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }

    private static long consumers(RoomReport.Seated seated, MediaKind kind) {
        return seated.consumers().stream()
                .filter(consumer -> consumer.kind() == kind)
                .count();
    }

    private static @Nullable JsonObject object(@Nullable Map<String, @Nullable Object> map) {
        return map == null ? null : new JsonObject(map);
    }

    private static @Nullable Integer limit(int most) {
        return most == Integer.MAX_VALUE ? null : Integer.valueOf(most);
    }
}
