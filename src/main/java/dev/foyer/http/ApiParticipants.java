package dev.foyer.http;

import dev.foyer.ortc.MediaKind;
import dev.foyer.room.Moderation;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomReport;
import dev.foyer.room.Rooms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the API does with those who are in a room, or want to be. Any thread. */
final class ApiParticipants {
    private final Rooms rooms;

    ApiParticipants(Rooms rooms) {
        this.rooms = rooms;
    }

    CompletionStage<ApiAnswer> list(ApiRequest request) {
        PageCursor after = PageCursor.read(request.optionalText("cursor"));
        String roomId = request.text("roomId");
        return rooms.report(roomId).thenApply(report -> {
            List<Listed> all = report.participants().stream().map(Listed::new).toList();
            PageCursor.Page<Listed> page = PageCursor.Page.of(all, after, request.integer("limit"));
            JsonArray items = new JsonArray();
            page.items().forEach(listed -> items.add(ApiViews.participant(listed.seated)));
            return ApiViews.page(ApiRooms.path(roomId) + "/participants", request, items, page.next());
        });
    }

    CompletionStage<ApiAnswer> get(ApiRequest request) {
        String id = request.text("participantId");
        return rooms.report(request.text("roomId"))
                .thenApply(report -> report.participants().stream()
                        .filter(seated -> seated.peer().peerId().equals(id))
                        .findFirst()
                        .map(seated -> ApiAnswer.ok(ApiViews.participant(seated)))
                        .orElseThrow(() -> new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND)));
    }

    CompletionStage<ApiAnswer> kick(ApiRequest request) {
        return moderate(request, new Moderation.Kick(null));
    }

    CompletionStage<ApiAnswer> moderate(ApiRequest request) {
        return moderate(request, action(request));
    }

    CompletionStage<ApiAnswer> lobby(ApiRequest request) {
        return rooms.report(request.text("roomId")).thenApply(report -> {
            JsonArray items = new JsonArray();
            report.waiting()
                    .forEach(waiting -> items.add(new JsonObject()
                            .put("userId", waiting.userId())
                            .put("displayName", waiting.displayName())));
            return ApiAnswer.ok(new JsonObject().put("items", items));
        });
    }

    CompletionStage<ApiAnswer> decide(ApiRequest request) {
        String userId = request.text("userId");
        boolean admitted = Boolean.TRUE.equals(request.field("admitted", Boolean.class));
        return administer(request, admitted ? new RoomCommand.Admit(userId) : new RoomCommand.Deny(userId));
    }

    private CompletionStage<ApiAnswer> moderate(ApiRequest request, Moderation action) {
        return administer(request, new RoomCommand.Moderate(request.text("participantId"), action));
    }

    private CompletionStage<ApiAnswer> administer(ApiRequest request, RoomCommand<RoomReply.Done> command) {
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        rooms.administer(request.text("roomId"), command, reply);
        return reply.thenApply(_ -> ApiAnswer.noContent());
    }

    /** The document lets no other action through. */
    private static Moderation action(ApiRequest request) {
        String kind = request.field("kind", String.class);
        MediaKind media = kind == null ? null : MediaKind.valueOf(kind.toUpperCase(Locale.ROOT));
        @Nullable String reason = request.field("reason", String.class);
        return switch (word(request, "action")) {
            case "mute" -> new Moderation.Mute(media);
            case "unmute" -> new Moderation.Unmute(media);
            case "stopVideo" -> new Moderation.StopVideo();
            case "kick" -> new Moderation.Kick(reason);
            case "ban" ->
                new Moderation.Ban(
                        Duration.ofSeconds(Objects.requireNonNull(request.field("seconds", Number.class))
                                .longValue()),
                        reason);
            case "setRole" ->
                new Moderation.SetRole(
                        ParticipantRole.valueOf(word(request, "role").toUpperCase(Locale.ROOT)));
            case String other -> throw new IllegalStateException("the document knows no action " + other);
        };
    }

    private static String word(ApiRequest request, String name) {
        return Objects.requireNonNull(request.field(name, String.class));
    }

    private record Listed(RoomReport.Seated seated) implements PageCursor.Item {
        @Override
        public PageCursor place() {
            return new PageCursor(seated.peer().joinedAtMillis(), seated.peer().peerId());
        }
    }
}
