package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lobby and the rooms around it, on one loop and on several. */
class HouseRoomsTest {
    private static final String VILLA = "villa";
    private static final RoomSpec SPEC = new RoomSpec(
                    RoomType.MANSION, null, true, false, true, null, Map.of("title", "V"))
            .in(new HousePlan(null, List.of("library", "garden")));

    private List<ManualLoop> loops = List.of();
    private final Map<String, List<Heard>> heard = new LinkedHashMap<>();
    private final FakeMediaPlane plane = new FakeMediaPlane();
    private Rooms rooms = rooms(1);

    private record Heard(String roomId, RoomEvent event) {}

    private Rooms rooms(int count) {
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

    /** Until no loop has anything to tell another. */
    private void run() {
        for (int i = 0; i < 10; i++) {
            loops.forEach(ManualLoop::run);
        }
    }

    private void pass(long millis) {
        run();
        loops.forEach(loop -> loop.advance(millis));
        run();
    }

    private <T> T settled(CompletableFuture<T> reply) {
        run();
        assertTrue(reply.isDone(), "no reply");
        try {
            return reply.join();
        } catch (CompletionException e) {
            throw (RoomException) e.getCause();
        }
    }

    private RoomReply.Joined join(String roomId, String id, RoomCommand.Join command) {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(roomId, SPEC, id, command, reply);
        return settled(reply);
    }

    private RoomReply.Joined enter(String id) {
        return join(VILLA, id, House.mesh("user-" + id));
    }

    private <R extends RoomReply> R ask(String roomId, String id, RoomCommand<R> command) {
        CompletableFuture<R> reply = new CompletableFuture<>();
        rooms.ask(roomId, id, command, reply);
        return settled(reply);
    }

    /** As a dialect does it: take the seat there, and give up the one here in the same breath. */
    private RoomReply.Joined move(String id, String from, String name) {
        RoomReply.Way way = ask(from, id, new RoomCommand.FindRoom(name));
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        reply.thenAccept(_ -> rooms.ask(from, id, new RoomCommand.Leave(), new CompletableFuture<>()));
        rooms.join(way.roomId(), way.spec(), id, way.join(), reply);
        return settled(reply);
    }

    private RoomErrorCode code(Runnable action) {
        try {
            action.run();
        } catch (RoomException refusal) {
            return refusal.code();
        }
        throw new AssertionError("was not refused");
    }

    /** What somebody was told of the house since it was last asked: by room, who is there. */
    private Map<String, List<String>> news(String id) {
        Map<String, List<String>> news = new LinkedHashMap<>();
        List<Heard> all = heard.remove(id);
        for (Heard one : all == null ? List.<Heard>of() : all) {
            if (one.event instanceof RoomEvent.HouseChanged changed) {
                changed.rooms().forEach(room -> news.put(room.name(), ids(room)));
            }
        }
        return news;
    }

    private static List<String> ids(HouseRoom room) {
        return room.guests().stream().map(HouseRoom.Guest::peerId).toList();
    }

    private static Map<String, List<String>> seen(RoomReply.Joined joined) {
        Map<String, List<String>> seen = new LinkedHashMap<>();
        joined.house().rooms().forEach(room -> seen.put(room.name(), ids(room)));
        return seen;
    }

    private Set<String> open() {
        return Set.copyOf(
                rooms.summaries().stream().map(summary -> summary.room().id()).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void newcomerSeesTheHouse(int loopCount) {
        rooms(loopCount);
        RoomReply.Joined joined = enter("a");
        assertEquals(VILLA, joined.house().id());
        assertEquals("lobby", joined.house().room());
        assertEquals(Map.of("lobby", List.of("a"), "library", List.of(), "garden", List.of()), seen(joined));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void guestsMoveAndKeepTheirIdAndSeat(int loopCount) {
        rooms(loopCount);
        enter("a");
        enter("b");
        ask(VILLA, "a", new RoomCommand.UpdatePeer("Ada", Map.of("audio", false)));
        heard.clear();

        RoomReply.Joined moved = move("a", VILLA, "library");
        assertEquals("villa/library", moved.room().id());
        assertEquals("library", moved.house().room());
        assertEquals("a", moved.peerId());
        assertEquals("user-a", moved.self().userId());
        assertEquals("Ada", moved.self().displayName());
        assertEquals(Map.of("audio", false), moved.self().mediaState());
        assertEquals(Map.of("title", "V"), moved.room().metadata());
        run();
        assertTrue(heard.get("b").stream().anyMatch(one -> one.event instanceof RoomEvent.PeerLeft));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, code(() -> ask(VILLA, "a", new RoomCommand.GetProducers())));

        RoomReply.Joined back = move("a", "villa/library", "lobby");
        assertEquals(VILLA, back.room().id());
        assertEquals(1, back.peers().size());
        run();
        assertEquals(Set.of(VILLA), open());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everybodySeesWhoIsInWhichRoom(int loopCount) {
        rooms(loopCount);
        for (String id : List.of("a", "b", "c")) {
            enter(id);
        }
        move("a", VILLA, "library");
        move("b", VILLA, "garden");
        pass(2_000);
        Map<String, List<String>> news = news("c");
        assertEquals(Map.of("lobby", List.of("c"), "library", List.of("a"), "garden", List.of("b")), news);
        Map<String, List<String>> there = seen(move("c", VILLA, "library"));
        assertEquals(List.of("a", "c"), there.get("library"));
        assertEquals(List.of("b"), there.get("garden"));
        pass(2_000);
        for (String id : List.of("a", "b", "c")) {
            Map<String, List<String>> latest = news(id);
            assertEquals(List.of(), latest.get("lobby"), id);
            assertEquals(List.of("a", "c"), latest.get("library"), id);
        }
        ask("villa/garden", "b", new RoomCommand.Leave());
        pass(2_000);
        assertEquals(Map.of("garden", List.of()), news("a"));
        assertFalse(open().contains("villa/garden"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void newNameIsSeenInTheOtherRooms(int loopCount) {
        rooms(loopCount);
        enter("a");
        enter("b");
        move("b", VILLA, "library");
        pass(2_000);
        heard.clear();
        ask("villa/library", "b", new RoomCommand.UpdatePeer("Bob", null));
        pass(2_000);
        RoomEvent.HouseChanged changed = heard.get("a").stream()
                .map(Heard::event)
                .filter(RoomEvent.HouseChanged.class::isInstance)
                .map(RoomEvent.HouseChanged.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(new HouseRoom("library", 1, List.of(new HouseRoom.Guest("b", "user-b", "Bob")))),
                changed.rooms());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void lobbyStaysWhileAnybodyIsInTheHouse(int loopCount) {
        rooms(loopCount);
        enter("a");
        move("a", VILLA, "library");
        pass(10_000);
        assertEquals(Set.of(VILLA, "villa/library"), open());

        ask("villa/library", "a", new RoomCommand.Leave());
        pass(10_000);
        assertEquals(Set.of(), open());
        loops.forEach(loop -> assertEquals(0, loop.timers()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lobbyThatOpensAnewFindsTheGuestsOfTheFormer(int loopCount) {
        rooms(loopCount);
        enter("a");
        RoomReply.Way way = ask(VILLA, "a", new RoomCommand.FindRoom("library"));
        ask(VILLA, "a", new RoomCommand.Leave());
        assertEquals(Set.of(), open());
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(way.roomId(), way.spec(), "a", way.join(), reply);
        settled(reply);

        enter("b");
        pass(2_000);
        assertEquals(List.of("a"), news("b").get("library"));
        assertEquals(List.of("b"), news("a").get("lobby"));
        ask(VILLA, "b", new RoomCommand.Leave());
        pass(2_000);
        assertEquals(Set.of(VILLA, "villa/library"), open());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void houseIsClosedWithItsLobby(int loopCount) {
        rooms(loopCount);
        enter("a");
        move("a", VILLA, "library");
        pass(2_000);
        rooms.close(VILLA, "closed");
        run();
        assertEquals(Set.of(), open());
        assertTrue(heard.get("a").contains(new Heard("villa/library", new RoomEvent.RoomClosed("house closed"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void newsAreGathered(int loopCount) {
        rooms(loopCount);
        enter("a");
        pass(5_000);
        heard.clear();
        for (int i = 0; i < 20; i++) {
            enter("g" + i);
        }
        pass(3_000);
        long told = heard.get("a").stream()
                .filter(one -> one.event instanceof RoomEvent.HouseChanged)
                .count();
        assertTrue(told <= 2, told + " times");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyGuestsAreCountedRatherThanNamed(int loopCount) {
        rooms(loopCount);
        for (int i = 0; i < 60; i++) {
            enter("g" + i);
        }
        HouseRoom lobby = enter("last").house().rooms().getFirst();
        assertEquals(61, lobby.participants());
        assertEquals(HousePresence.MAX_GUESTS, lobby.guests().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void roomsAreEnteredFromWithinTheHouse(int loopCount) {
        rooms(loopCount);
        enter("a");
        move("a", VILLA, "library");
        assertEquals(RoomErrorCode.FORBIDDEN, code(() -> join("villa/library", "b", House.mesh("b"))));
        RoomCommand.Join other = new RoomCommand.Join(
                Dialect.CALL,
                "b",
                ParticipantRole.PARTICIPANT,
                null,
                null,
                null,
                new MeshSupport.Seamless(),
                null,
                Set.of(),
                Ticket.inside("elsewhere", Set.of()));
        assertEquals(RoomErrorCode.FORBIDDEN, code(() -> join("villa/library", "b", other)));
        assertEquals(RoomErrorCode.FORBIDDEN, code(() -> join("villa/garden", "b", House.mesh("b"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void houseHasNoOtherRooms(int loopCount) {
        rooms(loopCount);
        enter("a");
        assertEquals(RoomErrorCode.ROOM_NOT_FOUND, code(() -> ask(VILLA, "a", new RoomCommand.FindRoom("cellar"))));
        assertEquals(RoomErrorCode.INVALID_MESSAGE, code(() -> ask(VILLA, "a", new RoomCommand.FindRoom("lobby"))));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, code(() -> ask(VILLA, "x", new RoomCommand.FindRoom("library"))));
        RoomReply.Joined cellar = join("villa/cellar", "b", House.mesh("b"));
        assertEquals("villa/cellar", cellar.house().id());
        assertNotEquals(VILLA, cellar.house().id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoMayNotComeInStaysWhereItIs(int loopCount) {
        rooms(loopCount);
        RoomSpec two = new RoomSpec(RoomType.MANSION, 2, false, false, true, null, Map.of()).in(SPEC.house());
        CompletableFuture<RoomReply.Joined> first = new CompletableFuture<>();
        rooms.join(VILLA, two, "a", House.mesh("a"), first);
        settled(first);
        enter("b");
        move("a", VILLA, "library");
        move("b", VILLA, "library");
        enter("c");
        assertEquals(RoomErrorCode.ROOM_FULL, code(() -> move("c", VILLA, "library")));
        ask(VILLA, "c", new RoomCommand.GetProducers());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void muteGoesAlong(int loopCount) {
        rooms(loopCount);
        RoomCommand.Join host = new RoomCommand.Join(
                Dialect.CALL,
                "h",
                ParticipantRole.HOST,
                null,
                null,
                null,
                new MeshSupport.Seamless(),
                null,
                PermissionTable.of(ParticipantRole.HOST));
        join(VILLA, "h", host);
        enter("a");
        ask(VILLA, "h", new RoomCommand.Moderate("a", new Moderation.Mute(MediaKind.AUDIO)));
        heard.clear();
        move("a", VILLA, "library");
        assertTrue(heard.get("a")
                .contains(new Heard(
                        "villa/library", new RoomEvent.PeerMuted("a", "user-a", MediaKind.AUDIO, true, null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void onlyTheHouseItselfIsListed(int loopCount) {
        rooms(loopCount);
        enter("a");
        enter("b");
        move("a", VILLA, "library");
        List<String> listed = rooms.summaries().stream()
                .filter(RoomSummary::listed)
                .map(summary -> summary.room().id())
                .toList();
        assertEquals(List.of(VILLA), listed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void otherTypesOfRoomsAreNoHouses(int loopCount) {
        rooms(loopCount);
        RoomSpec cinema = RoomSpec.of(RoomType.CINEMA).in(SPEC.house());
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join("cinema", cinema, "a", House.mesh("a"), reply);
        assertNull(settled(reply).house());
        assertEquals(RoomErrorCode.ROOM_NOT_FOUND, code(() -> ask("cinema", "a", new RoomCommand.FindRoom("library"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void numberOfRoomsIsBounded(int loopCount) {
        rooms(loopCount);
        List<String> names =
                Stream.iterate(0, n -> n + 1).limit(40).map(n -> "room" + n).toList();
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join("large", RoomSpec.of(RoomType.MANSION).in(new HousePlan(null, names)), "a", House.mesh("a"), reply);
        assertEquals(33, settled(reply).house().rooms().size());
    }
}
