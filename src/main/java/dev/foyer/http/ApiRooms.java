package dev.foyer.http;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.ortc.MediaKind;
import dev.foyer.room.RoleLimits;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomReport;
import dev.foyer.room.RoomRules;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomSummary;
import dev.foyer.room.RoomType;
import dev.foyer.room.Rooms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the API does with rooms. Any thread. */
final class ApiRooms {
    private static final String CLOSE_REASON = "closed";
    private static final int MAX_METADATA = 16 * 1024;
    private static final int ID_BYTES = 12;
    private static final int MAX_KEYS = 10_000;
    private static final long MAX_KEPT_CHARACTERS = 8L << 20;

    private final Rooms rooms;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final IdempotencyKeys keys = new IdempotencyKeys(MAX_KEYS, MAX_KEPT_CHARACTERS);

    ApiRooms(Rooms rooms, InstantSource clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    /** The path of a room. */
    static String path(String roomId) {
        return "/api/v1/rooms/" + segment(roomId);
    }

    CompletionStage<ApiAnswer> list(ApiRequest request) {
        boolean all = ApiAccess.may(request.identity(), Grant.ADMIN);
        String own = request.identity().room();
        List<Listed> seen = rooms.summaries().stream()
                .filter(room -> (all && request.identity().opens(room.room().id()))
                        || room.listed()
                        || room.room().id().equals(own))
                .map(Listed::new)
                .toList();
        PageCursor.Page<Listed> page =
                PageCursor.Page.of(seen, PageCursor.read(request.optionalText("cursor")), request.integer("limit"));
        JsonArray items = new JsonArray();
        page.items()
                .forEach(listed -> items.add(ApiViews.room(listed.room)
                        .put("participants", listed.room.participants())
                        .put("mode", listed.room.mode().toString())));
        return CompletableFuture.completedStage(ApiViews.page("/api/v1/rooms", request, items, page.next()));
    }

    CompletionStage<ApiAnswer> create(ApiRequest request) {
        RoomSpec spec = spec(request);
        String key = request.optionalText("Idempotency-Key");
        if (key == null) {
            return make(newId(), spec);
        }
        Identity identity = request.identity();
        String caller = identity.userId() == null ? "" : identity.userId();
        String fingerprint = ContentTags.of(new JsonObject(request.body()).encode());
        // No id has a control character in it.
        return keys.once(caller + '\0' + key, fingerprint, clock.millis(), () -> make(newId(), spec));
    }

    CompletionStage<ApiAnswer> put(ApiRequest request) {
        String roomId = request.text("roomId");
        boolean exists = rooms.summary(roomId).isPresent();
        if (exists && request.optionalText("If-None-Match") != null) {
            throw new RequestRefusal(HttpError.PRECONDITION_FAILED, "The room exists");
        }
        RoomSpec spec = spec(request);
        return exists ? rooms.create(roomId, spec).thenApply(_ -> shown(200, roomId, Map.of())) : make(roomId, spec);
    }

    CompletionStage<ApiAnswer> get(ApiRequest request) {
        return CompletableFuture.completedStage(ApiAnswer.ok(ApiViews.room(summary(request.text("roomId")))));
    }

    CompletionStage<ApiAnswer> change(ApiRequest request) {
        String roomId = request.text("roomId");
        checkUnchanged(request, roomId);
        boolean locked = Boolean.TRUE.equals(request.body().get("locked"));
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        rooms.administer(roomId, new RoomCommand.LockRoom(locked), reply);
        // The summary is of before the turn that locked it: a report comes in the turn that follows.
        return reply.thenCompose(_ -> rooms.report(roomId)).thenApply(_ -> shown(200, roomId, Map.of()));
    }

    CompletionStage<ApiAnswer> delete(ApiRequest request) {
        String roomId = request.text("roomId");
        checkUnchanged(request, roomId);
        return rooms.close(roomId, CLOSE_REASON).thenApply(_ -> ApiAnswer.noContent());
    }

    CompletionStage<ApiAnswer> stats(ApiRequest request) {
        return rooms.report(request.text("roomId"))
                .thenApply(report -> ApiAnswer.ok(new JsonObject()
                        .put("participants", report.participants().size())
                        .put(
                                "present",
                                report.participants().stream()
                                        .filter(RoomReport.Seated::present)
                                        .count())
                        .put("waiting", report.waiting().size())
                        .put("mode", report.topology().mode().toString())
                        .put("epoch", report.topology().epoch())
                        .put("reason", report.topology().reason().toString())
                        .put("committed", report.topology().committed())
                        .put("audioProducers", producers(report, MediaKind.AUDIO))
                        .put("videoProducers", producers(report, MediaKind.VIDEO))
                        .put("audioConsumers", consumers(report, MediaKind.AUDIO))
                        .put("videoConsumers", consumers(report, MediaKind.VIDEO))));
    }

    private CompletionStage<ApiAnswer> make(String roomId, RoomSpec spec) {
        return rooms.create(roomId, spec).thenApply(_ -> shown(201, roomId, Map.of("Location", path(roomId))));
    }

    private ApiAnswer shown(int status, String roomId, Map<String, String> headers) {
        JsonObject room = ApiViews.room(summary(roomId));
        Map<String, String> tagged = new HashMap<>(headers);
        tagged.put("ETag", ContentTags.of(room.encode()));
        return new ApiAnswer(status, room, tagged);
    }

    private void checkUnchanged(ApiRequest request, String roomId) {
        String tag = ContentTags.of(ApiViews.room(summary(roomId)).encode());
        ContentTags.check(request.optionalText("If-Match"), tag);
    }

    private RoomSummary summary(String roomId) {
        return rooms.summary(roomId).orElseThrow(() -> new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
    }

    private RoomSpec spec(ApiRequest request) {
        Map<String, @Nullable Object> metadata = metadata(request);
        if (new JsonObject(metadata).encode().getBytes(StandardCharsets.UTF_8).length > MAX_METADATA) {
            throw new InvalidRequest("body", "/metadata", "must have at most 16 KB");
        }
        String type = request.field("type", String.class);
        Number kept = request.field("keptEmptySeconds", Number.class);
        return new RoomSpec(
                type == null ? RoomType.MANSION : RoomType.valueOf(type.toUpperCase(Locale.ROOT)),
                integer(request, "maxParticipants"),
                Boolean.TRUE.equals(request.field("listed", Boolean.class)),
                Boolean.TRUE.equals(request.field("sfuOnly", Boolean.class)),
                !Boolean.FALSE.equals(request.field("recordable", Boolean.class)),
                Duration.ofSeconds(kept == null ? 0 : kept.longValue()),
                metadata,
                rules(request),
                null);
    }

    private RoomRules rules(ApiRequest request) {
        Long endsAt = null;
        String text = request.field("endsAt", String.class);
        if (text != null) {
            try {
                endsAt = Instant.parse(text).toEpochMilli();
            } catch (DateTimeParseException | ArithmeticException _) {
                throw new InvalidRequest("body", "/endsAt", "must be a time such as 2030-01-31T12:00:00Z");
            }
            if (endsAt <= clock.millis()) {
                throw new InvalidRequest("body", "/endsAt", "must be in the future");
            }
        }
        RoleLimits none = RoleLimits.none();
        return new RoomRules(
                Boolean.TRUE.equals(request.field("lobby", Boolean.class)),
                new RoleLimits(
                        orElse(integer(request, "maxHosts"), none.hosts()),
                        orElse(integer(request, "maxSpeakers"), none.participants()),
                        orElse(integer(request, "maxViewers"), none.viewers())),
                endsAt);
    }

    private static Map<String, @Nullable Object> metadata(ApiRequest request) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (request.body().get("metadata") instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> metadata.put(String.valueOf(name), value));
        }
        return metadata;
    }

    private static @Nullable Integer integer(ApiRequest request, String name) {
        Number number = request.field(name, Number.class);
        return number == null ? null : number.intValue();
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static long producers(RoomReport report, MediaKind kind) {
        return report.participants().stream()
                .flatMap(seated -> seated.producers().stream())
                .filter(producer -> producer.kind() == kind)
                .count();
    }

    private static long consumers(RoomReport report, MediaKind kind) {
        return report.participants().stream()
                .flatMap(seated -> seated.consumers().stream())
                .filter(consumer -> consumer.kind() == kind)
                .count();
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Listed(RoomSummary room) implements PageCursor.Item {
        @Override
        public PageCursor place() {
            return new PageCursor(room.createdAtMillis(), room.room().id());
        }
    }
}
