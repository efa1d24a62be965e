package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Rooms on as many loops as a test likes, and a house to walk about in. */
abstract class Villa {
    static final String VILLA = "villa";
    static final RoomSpec SPEC = new RoomSpec(RoomType.MANSION, null, true, false, true, null, Map.of("title", "V"))
            .in(new HousePlan(null, List.of("library", "garden")));

    List<ManualLoop> loops = List.of();
    final Map<String, List<Heard>> heard = new LinkedHashMap<>();
    final FakeMediaPlane plane = new FakeMediaPlane();
    Rooms rooms = rooms(1);

    record Heard(String roomId, RoomEvent event) {}

    Rooms rooms(int count) {
        loops = Stream.generate(ManualLoop::new).limit(count).toList();
        rooms = new Rooms(
                "node",
                List.copyOf(loops),
                new InMemoryRoomDirectory(),
                plane,
                _ -> List.of(),
                (recipient, event) -> heard.computeIfAbsent(recipient.participantId(), _ -> new ArrayList<>())
                        .add(new Heard(recipient.roomId(), event)),
                RoomSettings.defaults());
        return rooms;
    }

    static RoomCommand.Join guest(String userId) {
        return as(ParticipantRole.PARTICIPANT, userId, Ticket.NONE);
    }

    static RoomCommand.Join as(ParticipantRole role, String userId, Ticket ticket) {
        return new RoomCommand.Join(
                Dialect.CALL,
                userId,
                role,
                null,
                null,
                null,
                new MeshSupport.Seamless(),
                null,
                PermissionTable.of(role),
                ticket);
    }

    /** Until no loop has anything to tell another. */
    void run() {
        for (int i = 0; i < 10; i++) {
            loops.forEach(ManualLoop::run);
        }
    }

    void pass(long millis) {
        run();
        loops.forEach(loop -> loop.advance(millis));
        run();
    }

    <T> T settled(CompletableFuture<T> reply) {
        run();
        assertTrue(reply.isDone(), "no reply");
        try {
            return reply.join();
        } catch (CompletionException e) {
            throw (RoomException) e.getCause();
        }
    }

    RoomReply.Joined join(String roomId, String id, RoomCommand.Join command) {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(roomId, SPEC, id, command, reply);
        return settled(reply);
    }

    RoomReply.Joined enter(String id) {
        return join(VILLA, id, guest("user-" + id));
    }

    <R extends RoomReply> R ask(String roomId, String id, RoomCommand<R> command) {
        CompletableFuture<R> reply = new CompletableFuture<>();
        rooms.ask(roomId, id, command, reply);
        return settled(reply);
    }

    /** As a dialect does it: take the seat there, and give up the one here in the same breath. */
    RoomReply.Joined move(String id, String from, String name) {
        RoomReply.Way way = ask(from, id, new RoomCommand.FindRoom(name));
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        CompletableFuture<RoomReply.Joined> moved = reply.thenApply(seat -> {
            rooms.ask(from, id, new RoomCommand.Leave(), new CompletableFuture<>());
            return seat;
        });
        rooms.join(way.roomId(), way.spec(), id, way.join(), reply);
        return settled(moved);
    }

    RoomErrorCode code(Runnable action) {
        try {
            action.run();
        } catch (RoomException refusal) {
            return refusal.code();
        }
        throw new AssertionError("was not refused");
    }

    /** What somebody was told of the house since it was last asked: by room, who is there. */
    Map<String, List<String>> news(String id) {
        Map<String, List<String>> news = new LinkedHashMap<>();
        List<Heard> all = heard.remove(id);
        for (Heard one : all == null ? List.<Heard>of() : all) {
            if (one.event() instanceof RoomEvent.HouseChanged changed) {
                changed.rooms().forEach(room -> news.put(room.name(), ids(room)));
            }
        }
        return news;
    }

    static List<String> ids(HouseRoom room) {
        return room.guests().stream().map(HouseRoom.Guest::peerId).toList();
    }

    static Map<String, List<String>> seen(RoomReply.Joined joined) {
        Map<String, List<String>> seen = new LinkedHashMap<>();
        joined.house().rooms().forEach(room -> seen.put(room.name(), ids(room)));
        return seen;
    }

    Set<String> open() {
        return Set.copyOf(
                rooms.summaries().stream().map(summary -> summary.room().id()).toList());
    }
}
