package dev.foyer.dialect.mediasoup;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.JsonWriter;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SeatRequest;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomReport;
import dev.foyer.room.RoomSummary;
import dev.foyer.room.Rooms;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of this dialect without HTTP: each method is one request, and gives the fields of its answer. Any thread.
 *
 * <p>All methods throw a {@link RoomException}, or fail their stage with one. Stages complete on a room's loop.
 */
public final class MediasoupApi {
    private static final String CLOSE_REASON = "closed";
    /** No socket's id begins so. */
    private static final String SEAT = "api-";

    private final Rooms rooms;

    /** An API to some rooms. */
    public MediasoupApi(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Makes a room unless there is one; it is kept while empty until its timeout, or until it is deleted. */
    public CompletionStage<Map<String, @Nullable Object>> createRoom(Identity identity, Object json) {
        Fields message = Fields.of(json);
        String roomId = ClientMessages.roomIdOf(message);
        RoomOptions options = RoomOptions.readFrom(message).orKept(0);
        check(identity, roomId, Grant.CREATE);
        return rooms.create(roomId, options.spec())
                .thenApply(created -> field("room", ApiMessages.CreatedRoom.of(created)));
    }

    /** Lists all rooms for an administrator, the publicly listed ones and its own for everybody else. */
    public CompletionStage<Map<String, @Nullable Object>> listRooms(Identity identity, long nowMillis) {
        boolean all = may(identity, Grant.ADMIN);
        List<CompletableFuture<Optional<ApiMessages.ListedRoom>>> asked = new ArrayList<>();
        for (RoomSummary summary : rooms.summaries()) {
            String roomId = summary.room().id();
            if (all || summary.listed() || roomId.equals(identity.room())) {
                asked.add(rooms.report(roomId)
                        .thenApply(report -> Optional.of(ApiMessages.ListedRoom.of(summary, report, nowMillis)))
                        // It was closed meanwhile.
                        .exceptionally(_ -> Optional.empty())
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(_ -> fields(
                        "rooms",
                        asked.stream()
                                .flatMap(listed -> listed.join().stream())
                                .map(JsonWriter::object)
                                .toList()));
    }

    /** Shows a room. */
    public CompletionStage<Map<String, @Nullable Object>> showRoom(Identity identity, String roomId) {
        SeatRequest.checkOpens(identity, roomId);
        return rooms.report(roomId).thenApply(report -> field("room", ApiMessages.ShownRoom.of(report)));
    }

    /** Closes a room, whoever is in it. */
    public CompletionStage<Map<String, @Nullable Object>> closeRoom(Identity identity, String roomId) {
        check(identity, roomId, Grant.MODERATE);
        return rooms.close(roomId, CLOSE_REASON)
                .thenApply(_ -> fields("message", "Room " + roomId + " closed successfully"));
    }

    /**
     * Keeps a seat for somebody, who takes it by joining as the same user. Whoever has a seat already is shown as it is.
     * For oneself any token of the room will do.
     */
    public CompletionStage<Map<String, @Nullable Object>> addParticipant(
            Identity identity, String roomId, Object json) {
        Fields message = Fields.of(json);
        String participantId = message.text("participantId", ClientMessages.MAX_ID);
        Map<String, @Nullable Object> data = message.freeObjectOrEmpty("participantData", ClientMessages.MAX_STATE);
        if (participantId.equals(identity.userId())) {
            SeatRequest.checkOpens(identity, roomId);
        } else {
            check(identity, roomId, Grant.MODERATE);
        }
        return rooms.report(roomId).thenCompose(report -> {
            for (RoomReport.Seated seated : report.participants()) {
                if (seated.peer().userId().equals(participantId)) {
                    return CompletableFuture.completedStage(
                            field("participant", ApiMessages.AddedParticipant.of(roomId, seated.peer())));
                }
            }
            CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
            rooms.ask(roomId, SEAT + participantId, seat(participantId, data), reply);
            return reply.thenApply(
                    joined -> field("participant", ApiMessages.AddedParticipant.of(roomId, joined.self())));
        });
    }

    /** Lists who has a seat. */
    public CompletionStage<Map<String, @Nullable Object>> listParticipants(Identity identity, String roomId) {
        SeatRequest.checkOpens(identity, roomId);
        return rooms.report(roomId)
                .thenApply(report -> fields(
                        "participants",
                        report.participants().stream()
                                .map(ApiMessages.ListedParticipant::of)
                                .map(JsonWriter::object)
                                .toList()));
    }

    /** Takes somebody's seats away. */
    public CompletionStage<Map<String, @Nullable Object>> removeParticipant(
            Identity identity, String roomId, String participantId) {
        check(identity, roomId, Grant.MODERATE);
        return rooms.expel(roomId, participantId)
                .thenApply(_ -> fields("message", "Participant " + participantId + " removed from room " + roomId));
    }

    private static RoomCommand.Join seat(String participantId, Map<String, @Nullable Object> data) {
        return new RoomCommand.Join(
                Dialect.API,
                participantId,
                ParticipantRole.PARTICIPANT,
                ParticipantState.nameIn(data),
                null,
                data,
                new MeshSupport.None(),
                null,
                Set.of());
    }

    private static void check(Identity identity, String roomId, Grant grant) {
        SeatRequest.checkOpens(identity, roomId);
        if (!may(identity, grant)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
    }

    /** Guests are let in by HTTP only where the server is its developer's own: they may do everything. */
    private static boolean may(Identity identity, Grant grant) {
        if (identity.isGuest()) {
            return identity.may(grant, EnumSet.allOf(Grant.class));
        }
        String role = identity.role();
        ParticipantRole known = role == null
                ? ParticipantRole.PARTICIPANT
                : RoleWords.read(role).orElse(ParticipantRole.VIEWER);
        return identity.may(grant, RoleWords.grants(known));
    }

    private static Map<String, @Nullable Object> field(String name, Record value) {
        return fields(name, JsonWriter.object(value));
    }

    private static Map<String, @Nullable Object> fields(String name, Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        return fields;
    }
}
