package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.RoomEvent.NewProducer;
import dev.foyer.room.RoomEvent.PeerJoined;
import dev.foyer.room.RoomEvent.PeerUpdated;
import dev.foyer.room.RoomEvent.RoomClosed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Who is in a room, from joining to being forgotten. */
class MembershipTest {
    private static final RoomSpec PRIVATE = RoomSpec.of(RoomType.PRIVATE);

    private final House house = new House();

    private void suspend(String id) {
        house.ask(id, new RoomCommand.Suspend());
    }

    private void comeBack(String id) {
        house.ask(id, new RoomCommand.Return());
    }

    private RoomErrorCode joinRefusal(String id, RoomSpec spec) {
        return assertThrows(RoomException.class, () -> house.join(House.ROOM, spec, id, House.mesh("user-" + id)))
                .code();
    }

    @Test
    void leavingIsToldAndTheLastOneClosesTheRoom() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        assertEquals(2, house.rooms.participantCount());
        house.ask("b", new RoomCommand.Leave());
        assertEquals(List.of(house.left("b")), house.hears("a"));
        assertEquals(List.of(), house.hears("b"));
        house.ask("a", new RoomCommand.Leave());
        assertEquals(0, house.rooms.roomCount());
        assertEquals(0, house.rooms.participantCount());
        assertTrue(house.plane.session().closed);
        assertEquals(List.of(), directory());
        assertEquals(0, house.loop.timers());
        assertEquals(RoomErrorCode.ROOM_NOT_FOUND, house.refusal("a", new RoomCommand.Leave()));
    }

    private List<RoomEntry> directory() {
        return house.directory.list().toCompletableFuture().join();
    }

    @Test
    void joinThatMeetsTheClosingRoomOpensAnother() {
        house.join("a");
        CompletableFuture<RoomReply.Done> left = new CompletableFuture<>();
        CompletableFuture<RoomReply.Joined> joined = new CompletableFuture<>();
        house.rooms.ask(House.ROOM, "a", new RoomCommand.Leave(), left);
        house.rooms.join(House.ROOM, PRIVATE, "b", House.mesh("user-b"), joined);
        RoomReply.Joined reply = house.settled(joined);
        assertEquals(RoomType.PRIVATE, reply.room().type());
        assertEquals(List.of(), reply.peers());
        assertEquals(1, house.rooms.roomCount());
        assertEquals(1, directory().size());
    }

    @Test
    void strangersAreNotInTheRoom() {
        house.join("a");
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("x", new RoomCommand.GetProducers()));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("x", new RoomCommand.Chat("hello")));
    }

    @Test
    void firstToComeSettlesTypeAndLimits() {
        RoomSpec spec = new RoomSpec(RoomType.CINEMA, 2, true, false, true, null, Map.of("title", "M"));
        house.settled(house.rooms.create(House.ROOM, spec).toCompletableFuture());
        RoomReply.Joined joined = house.join(House.ROOM, PRIVATE, "a", House.mesh("u"));
        assertEquals(
                new RoomView(
                        House.ROOM, RoomType.CINEMA, Map.of("title", "M"), 2, true, null, null, house.loop.nowMillis()),
                joined.room());
        RoomSummary summary = house.rooms.summaries().iterator().next();
        assertTrue(summary.listed());
        assertEquals(1, summary.participants());
    }

    @Test
    void createdRoomThatNobodyJoinsIsForgotten() {
        house.settled(house.rooms.create(House.ROOM, PRIVATE).toCompletableFuture());
        house.loop.advance(59_999);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(0, house.rooms.roomCount());
        assertEquals(0, house.loop.timers());
    }

    @Test
    void lostTransportIsKeptQuietForFiveSeconds() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        suspend("b");
        house.loop.advance(4_999);
        comeBack("b");
        house.loop.advance(60_000);
        assertEquals(List.of(), house.hears("a"));
        assertEquals(List.of(), house.hears("b"));
    }

    @Test
    void lostTransportIsToldAfterFiveSecondsAndTheSeatGivenUpAfterTheWindow() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        suspend("b");
        house.loop.advance(5_000);
        assertEquals(List.of(house.left("b")), house.hears("a"));
        house.loop.advance(114_999);
        assertEquals(2, house.rooms.participantCount());
        house.loop.advance(1);
        assertEquals(1, house.rooms.participantCount());
        assertEquals(List.of(), house.hears("a"), "the others know already");
    }

    @Test
    void returnIsAnnouncedAsAJoinWithTheSameIds() {
        house.join("a");
        house.join("b");
        suspend("a");
        house.loop.advance(5_000);
        house.forgetHeard();
        comeBack("a");
        PeerJoined back = (PeerJoined) house.hears("b").getFirst();
        assertEquals("a", back.peer().peerId());
        assertTrue(back.polite());
        List<RoomEvent> heard = house.hears("a");
        assertEquals(house.left("b"), heard.get(0), "its end of the mesh begins anew too");
        assertFalse(((PeerJoined) heard.get(1)).polite());
    }

    @Test
    void awayProducersPauseAndComeBackWithTheirOwner() {
        house.join("a", House.plain("user-a"));
        house.join("b", House.plain("user-b"));
        String send = house.transport("a", TransportDirection.SEND);
        String producer = house.produce("a", send, false);
        String recv = house.transport("b", TransportDirection.RECV);
        String consumer = house.consume("b", recv, producer);
        suspend("a");
        house.loop.advance(5_000);
        assertTrue(house.plane.session().pausedProducers.contains(producer));
        assertFalse(house.plane.session().consumers.containsKey(consumer));
        assertEquals(List.of(), house.ask("b", new RoomCommand.GetProducers()).producers());
        assertEquals(
                RoomErrorCode.PRODUCER_NOT_FOUND,
                house.refusal("b", new RoomCommand.Consume(recv, producer, null, true)));
        house.forgetHeard();
        comeBack("a");
        assertFalse(house.plane.session().pausedProducers.contains(producer));
        List<RoomEvent> heard = house.hears("b");
        assertEquals(PeerJoined.class, heard.get(0).getClass());
        assertEquals(producer, ((NewProducer) heard.get(1)).producer().producerId());
        assertFalse(((NewProducer) heard.get(1)).producer().paused());
    }

    @Test
    void awayOnesDoNotCountTowardsTheMesh() {
        List.of("a", "b", "c").forEach(house::join);
        suspend("c");
        house.loop.advance(5_000);
        RoomReply.Joined joined = house.join("d");
        assertEquals(TopologyMode.P2P, joined.topology().mode());
        assertEquals(2, joined.peers().size());
        comeBack("c");
        assertEquals(1, house.hears("a", RoomEvent.ModeChanged.class).size());
    }

    @Test
    void ownGhostGivesWayInAFullRoom() {
        RoomSpec four = new RoomSpec(RoomType.MANSION, 4, false, false, true, null, Map.of());
        for (String id : List.of("a", "b", "c", "d")) {
            house.join(House.ROOM, four, id, House.mesh("user-" + id));
        }
        suspend("d");
        assertEquals(RoomErrorCode.ROOM_FULL, joinRefusal("e", four));
        RoomReply.Joined again = house.join(House.ROOM, four, "d2", House.mesh("user-d"));
        assertEquals(3, again.peers().size());
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("d", new RoomCommand.Return()));
    }

    @Test
    void secondJoinOfOneSocketStartsAfresh() {
        house.join("a");
        house.join("b");
        String transport = house.transport("a", TransportDirection.SEND);
        house.forgetHeard();
        RoomReply.Joined again = house.join("a");
        assertEquals(1, again.peers().size());
        List<RoomEvent> heard = house.hears("b");
        assertEquals(house.left("a"), heard.get(0));
        assertEquals(PeerJoined.class, heard.get(1).getClass());
        assertFalse(house.plane.session().transports.contains(transport));
        assertEquals(2, house.rooms.participantCount());
    }

    @Test
    void oneUserMayHoldTwoSockets() {
        house.join("a", House.mesh("u"));
        assertEquals(
                "u", house.join("b", House.mesh("u")).peers().getFirst().peer().userId());
    }

    @Test
    void updatesReachTheOthers() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        house.ask("a", new RoomCommand.UpdatePeer("Ann", null));
        house.ask("a", new RoomCommand.UpdatePeer(null, Map.of("audio", false)));
        Peer last = ((PeerUpdated) house.hears("b").getLast()).peer();
        assertEquals("Ann", last.displayName());
        assertEquals(Map.of("audio", false), last.mediaState());
        assertEquals(List.of(), house.hears("a"));
    }

    @Test
    void screenIsPartOfTheMediaStateAndChangesNothingElseOfIt() {
        house.join("a");
        house.join("b");
        house.ask("a", new RoomCommand.UpdatePeer(null, Map.of("audio", false)));
        house.forgetHeard();
        house.ask("a", new RoomCommand.ShareScreen(true));
        RoomEvent.ScreenShared shared =
                (RoomEvent.ScreenShared) house.hears("b").getLast();
        assertTrue(shared.sharing());
        assertEquals(Map.of("audio", false, "screenShare", true), shared.peer().mediaState());
        assertEquals(List.of(), house.hears("a"));
        house.ask("a", new RoomCommand.ShareScreen(false));
        assertEquals(
                Map.of("audio", false, "screenShare", false),
                house.join("c").peers().getFirst().peer().mediaState());
    }

    @Test
    void roomKnowsWhoseJoinMadeIt() {
        assertEquals("user-a", house.join("a").room().createdBy());
        assertEquals("user-a", house.join("b").room().createdBy());
    }

    @Test
    void everybodyHearsTheEndOfTheRoom() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        CompletionStage<Void> closed = house.rooms.closeAll("shutdown");
        assertEquals(List.of(new RoomClosed("shutdown")), house.hears("a"));
        assertEquals(List.of(new RoomClosed("shutdown")), house.hears("b"));
        assertTrue(closed.toCompletableFuture().isDone());
        assertEquals(0, house.rooms.roomCount());
        assertEquals(0, house.rooms.participantCount());
        assertEquals(0, house.loop.timers());
    }

    @Test
    void roomsGoToTheLeastLoadedLoop() {
        ManualLoop first = new ManualLoop();
        ManualLoop second = new ManualLoop();
        Rooms rooms = new Rooms(
                "node",
                List.of(first, second),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                (_, _) -> {},
                RoomSettings.defaults());
        rooms.create("one", PRIVATE);
        rooms.create("two", PRIVATE);
        first.run();
        second.run();
        assertEquals(1, first.timers());
        assertEquals(1, second.timers());
    }
}
