package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lobby and the rooms around it, on one loop and on several. */
class HouseRoomsTest extends Villa {
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
        assertTrue(heard.get("b").stream().anyMatch(one -> one.event() instanceof RoomEvent.PeerLeft));
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
                .filter(one -> one.event() instanceof RoomEvent.HouseChanged)
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
        assertEquals(RoomErrorCode.FORBIDDEN, code(() -> join("villa/library", "b", guest("b"))));
        RoomCommand.Join other = as(ParticipantRole.PARTICIPANT, "b", Ticket.inside("elsewhere", Set.of()));
        assertEquals(RoomErrorCode.FORBIDDEN, code(() -> join("villa/library", "b", other)));
        assertEquals(RoomErrorCode.FORBIDDEN, code(() -> join("villa/garden", "b", guest("b"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void houseHasNoOtherRooms(int loopCount) {
        rooms(loopCount);
        enter("a");
        assertEquals(RoomErrorCode.ROOM_NOT_FOUND, code(() -> ask(VILLA, "a", new RoomCommand.FindRoom("cellar"))));
        assertEquals(RoomErrorCode.INVALID_MESSAGE, code(() -> ask(VILLA, "a", new RoomCommand.FindRoom("lobby"))));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, code(() -> ask(VILLA, "x", new RoomCommand.FindRoom("library"))));
        RoomReply.Joined cellar = join("villa/cellar", "b", guest("b"));
        assertEquals("villa/cellar", cellar.house().id());
        assertNotEquals(VILLA, cellar.house().id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoMayNotComeInStaysWhereItIs(int loopCount) {
        rooms(loopCount);
        RoomSpec two = new RoomSpec(RoomType.MANSION, 2, false, false, true, null, Map.of()).in(SPEC.house());
        CompletableFuture<RoomReply.Joined> first = new CompletableFuture<>();
        rooms.join(VILLA, two, "a", guest("a"), first);
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
        join(VILLA, "h", as(ParticipantRole.HOST, "h", Ticket.NONE));
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
        rooms.join("cinema", cinema, "a", guest("a"), reply);
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
        rooms.join("large", RoomSpec.of(RoomType.MANSION).in(new HousePlan(null, names)), "a", guest("a"), reply);
        assertEquals(33, settled(reply).house().rooms().size());
    }
}
