package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.RoomEvent.ModeChanged;
import dev.foyer.room.RoomEvent.ModeCommitted;
import dev.foyer.room.RoomEvent.NewProducer;
import dev.foyer.room.RoomEvent.PeerJoined;
import dev.foyer.room.RoomEvent.Removed;
import dev.foyer.room.RoomEvent.Signaled;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A room between mesh and SFU, as its participants see it. */
class RoomSwitchTest {
    private final House house = new House();

    @Test
    void firstThreeMeetInMesh() {
        assertEquals(
                new Topology(TopologyMode.P2P, 1, TopologyReason.CREATED, true),
                house.join("a").topology());
        house.join("b");
        RoomReply.Joined third = house.join("c");

        assertEquals(TopologyMode.P2P, third.topology().mode());
        assertEquals(
                List.of("a", "b"),
                third.peers().stream().map(seen -> seen.peer().peerId()).toList());
        assertTrue(third.peers().stream().noneMatch(RoomReply.SeenPeer::polite));
        assertEquals("user-c", third.iceServers().getFirst().username());
        List<RoomEvent> heard = house.hears("a");
        assertEquals(2, heard.size());
        assertTrue(heard.stream().allMatch(event -> event instanceof PeerJoined joined && joined.polite()));
    }

    @Test
    void fourthTipsTheRoomAndEverybodyCommitsWhenReady() {
        List.of("a", "b", "c").forEach(house::join);
        String transport = house.connectedTransport("a", TransportDirection.SEND);
        String producer = house.produce("a", transport, true);
        assertEquals(List.of(), house.hears("b", NewProducer.class), "a mesh announces no producers");
        house.forgetHeard();

        RoomReply.Joined fourth = house.join("d");
        assertEquals(new Topology(TopologyMode.SFU, 2, TopologyReason.PARTICIPANTS, false), fourth.topology());
        assertEquals(producer, fourth.producers().getFirst().producerId());
        assertTrue(fourth.producers().getFirst().paused());
        assertEquals(List.of(), house.hears("d"));

        List<RoomEvent> heard = house.hears("b");
        assertEquals(PeerJoined.class, heard.get(0).getClass());
        ModeChanged changed = (ModeChanged) heard.get(1);
        assertEquals(2, changed.topology().epoch());
        assertNotNull(changed.rtpCapabilities());
        assertEquals(producer, ((NewProducer) heard.get(2)).producer().producerId());
        assertEquals(3, heard.size());

        house.ready(2, "a", "b", "c");
        assertEquals(List.of(), house.hears("b", ModeCommitted.class));
        house.ready(2, "d");
        for (String id : List.of("a", "b", "c", "d")) {
            assertEquals(List.of(new ModeCommitted(2)), house.hears(id, ModeCommitted.class));
        }
    }

    @Test
    void measuresHowLongASwitchTook() {
        List.of("a", "b", "c", "d").forEach(house::join);
        SwitchTimes.Key key = new SwitchTimes.Key(TopologyMode.SFU, TopologyReason.PARTICIPANTS);
        DurationHistogram histogram =
                house.rooms.counters().switchTimes().switches().get(key);
        house.loop.advance(350);
        assertEquals(0, histogram.sumSeconds());

        for (String id : List.of("a", "b", "c", "d")) {
            house.connectedTransport(id, TransportDirection.SEND);
            house.ask(id, new RoomCommand.ModeReady(2));
        }
        assertEquals(0.35, histogram.sumSeconds(), 1e-9);
        assertEquals(1, histogram.counts().get(histogram.boundsSeconds().indexOf(0.5)));
        assertEquals(1, histogram.counts().stream().mapToLong(count -> count).sum());
    }

    @Test
    void commitsAfterTenSecondsWithoutTheSlowOne() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.ready(2, "a");
        house.forgetHeard();
        house.loop.advance(9_999);
        assertEquals(List.of(), house.hears("a"));
        house.loop.advance(1);
        assertEquals(List.of(new ModeCommitted(2)), house.hears("a"));
    }

    @Test
    void newMediaWithdrawsTheReadinessOfTheOthers() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.ready(2, "a", "b", "c");
        String transport = house.transport("d", TransportDirection.SEND);
        String producer = house.produce("d", transport, true);
        house.ask("d", new RoomCommand.ResumeProducer(producer));
        house.ready(2, "d");
        house.forgetHeard();
        house.ready(2, "a", "b");
        assertEquals(List.of(), house.hears("a"));
        house.ready(2, "c");
        assertEquals(List.of(new ModeCommitted(2)), house.hears("a"));
    }

    @Test
    void meshGoesOnWhenNobodyReachesTheSfu() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.forgetHeard();
        house.loop.advance(5_000);

        assertEquals(List.of(new Removed(RoomErrorCode.SFU_UNAVAILABLE)), house.hears("d"));
        List<RoomEvent> heard = house.hears("a");
        assertEquals(
                new Topology(TopologyMode.P2P, 3, TopologyReason.SFU_UNAVAILABLE, true),
                ((ModeChanged) heard.get(0)).topology());
        assertNull(((ModeChanged) heard.get(0)).rtpCapabilities());
        assertEquals(new ModeCommitted(3), heard.get(1));
        assertEquals(house.left("d"), heard.get(2));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("d", new RoomCommand.GetProducers()));

        RoomException refused = null;
        try {
            house.join("d");
        } catch (RoomException e) {
            refused = e;
        }
        assertNotNull(refused);
        assertEquals(RoomErrorCode.SFU_UNAVAILABLE, refused.code());
        assertEquals(List.of(), house.hears("a"), "the next attempt is refused before anybody hears of it");
        house.loop.advance(10_000);
        assertEquals(4, house.join("d").topology().epoch());
    }

    @Test
    void oneConnectedTransportIsSignOfLifeEnough() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.connectedTransport("b", TransportDirection.RECV);
        house.forgetHeard();
        house.loop.advance(5_000);
        assertEquals(List.of(), house.hears("a"));
        house.loop.advance(5_000);
        assertEquals(List.of(new ModeCommitted(2)), house.hears("a"));
    }

    @Test
    void plainClientMakesItAnSfuRoom() {
        assertEquals(
                new Topology(TopologyMode.SFU, 2, TopologyReason.NOT_MESH_CAPABLE, true),
                house.join("a", House.plain("u")).topology());
        assertEquals(List.of(), house.hears("a"), "the reply has said it all");
        House other = new House();
        other.join("a");
        assertFalse(other.join("b", House.plain("u")).topology().committed());
        other.ready(2, "a");
        assertEquals(List.of(new ModeCommitted(2)), other.hears("b"));
    }

    @Test
    void returnsToTheMeshWhenSmallAndQuiet() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.ready(2, "a", "b", "c", "d");
        house.ask("d", new RoomCommand.Leave());
        house.ask("c", new RoomCommand.Leave());
        house.forgetHeard();
        house.loop.advance(59_999);
        assertEquals(List.of(), house.hears("a"));
        house.loop.advance(1);
        ModeChanged changed = (ModeChanged) house.hears("a").getFirst();
        assertEquals(new Topology(TopologyMode.P2P, 3, TopologyReason.QUIET, false), changed.topology());
        house.forgetHeard();
        house.ready(3, "a", "b");
        assertEquals(List.of(new ModeCommitted(3)), house.hears("a"));
    }

    @Test
    void newcomerCallsOffTheReturn() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.ready(2, "a", "b", "c", "d");
        house.ask("d", new RoomCommand.Leave());
        house.ask("c", new RoomCommand.Leave());
        house.produce("b", house.transport("b", TransportDirection.SEND), false);
        house.loop.advance(60_000);
        house.forgetHeard();
        house.join("c");
        RoomReply.Joined fourth = house.join("d");
        assertEquals(new Topology(TopologyMode.SFU, 4, TopologyReason.PARTICIPANTS, true), fourth.topology());
        List<RoomEvent> heard = house.hears("a");
        assertEquals(new ModeCommitted(4), heard.getLast());
        assertTrue(heard.stream().noneMatch(NewProducer.class::isInstance), "a knows the producers already");
        assertEquals(List.of(), house.hears("d"));
    }

    @Test
    void signalsOfAnotherEpochAreDroppedInSilence() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        Map<String, Object> payload = Map.of("description", Map.of("type", "offer", "sdp", "v=0"));
        house.ask("a", new RoomCommand.Signal("b", 1, payload));
        house.ask("a", new RoomCommand.Signal("b", 2, payload));
        assertEquals(List.of(new Signaled("a", 1, payload)), house.hears("b"));
        assertEquals(
                RoomErrorCode.PARTICIPANT_NOT_FOUND, house.refusal("a", new RoomCommand.Signal("nobody", 1, payload)));

        List.of("c", "d").forEach(house::join);
        house.forgetHeard();
        house.ask("a", new RoomCommand.Signal("b", 1, payload));
        assertEquals(1, house.hears("b").size(), "the mesh stands until the commit");
        house.ready(2, "a", "b", "c", "d");
        house.forgetHeard();
        house.ask("a", new RoomCommand.Signal("b", 1, payload));
        assertEquals(List.of(), house.hears("b"));
    }

    @Test
    void signalsThatCrossAnAbortReachTheRenamedMesh() {
        List.of("a", "b", "c", "d").forEach(house::join);
        house.loop.advance(5_000);
        house.forgetHeard();
        house.ask("a", new RoomCommand.Signal("b", 1, Map.of()));
        house.ask("a", new RoomCommand.Signal("b", 2, Map.of()));
        house.ask("a", new RoomCommand.Signal("b", 3, Map.of()));
        Signaled renamed = new Signaled("a", 3, Map.of());
        assertEquals(List.of(renamed, renamed), house.hears("b"));
    }

    @Test
    void failedLinkMovesTheRoom() {
        house.join("a");
        house.join("b");
        house.forgetHeard();
        house.ask("a", new RoomCommand.ReportLink(new LinkReport("b", true, null, null)));
        assertEquals(
                TopologyReason.LINK_FAILED,
                ((ModeChanged) house.hears("b").getFirst()).topology().reason());
    }

    @Test
    void linkToSomebodyWhoseConnectionIsLostTooSaysNothing() {
        house.join("a");
        house.join("b");
        house.ask("b", new RoomCommand.Suspend());
        house.forgetHeard();
        house.ask("a", new RoomCommand.ReportLink(new LinkReport("b", true, null, null)));
        assertEquals(List.of(), house.hears("a"));
        assertEquals(
                RoomErrorCode.PARTICIPANT_NOT_FOUND,
                house.refusal("a", new RoomCommand.ReportLink(new LinkReport("x", true, null, null))));
    }

    @Test
    void lostSessionIsMadeAnewUnderAnotherEpoch() {
        house.join("a", House.plain("a"));
        String transport = house.connectedTransport("a", TransportDirection.SEND);
        house.produce("a", transport, false);
        house.forgetHeard();
        house.plane.available = false;
        house.plane.session().lose();
        assertEquals(List.of(), house.hears("a"));
        house.loop.advance(1_500);
        house.plane.available = true;
        house.loop.advance(1_000);
        ModeChanged changed = (ModeChanged) house.hears("a").getFirst();
        assertEquals(TopologyReason.SFU_RESTARTED, changed.topology().reason());
        assertEquals(3, changed.topology().epoch());
        assertEquals(2, house.plane.sessions.size());
        assertEquals(RoomErrorCode.TRANSPORT_NOT_FOUND, house.refusal("a", new RoomCommand.RestartIce(transport)));
        house.connectedTransport("a", TransportDirection.SEND);
    }

    @Test
    void lostProbeRelabelsTheMesh() {
        house.join("a");
        house.join("b");
        house.connectedTransport("a", TransportDirection.SEND);
        house.forgetHeard();
        house.plane.session().lose();
        List<RoomEvent> heard = house.hears("b");
        assertEquals(
                new Topology(TopologyMode.P2P, 2, TopologyReason.SFU_RESTARTED, false),
                ((ModeChanged) heard.get(0)).topology());
        assertEquals(new ModeCommitted(2), heard.get(1));
    }

    @Test
    void requestThatHangsFailsWhenItsSessionIsLost() {
        house.join("a");
        house.join("b");
        house.loop.run();
        house.plane.session().hanging = true;
        CompletableFuture<RoomReply.TransportCreated> reply = new CompletableFuture<>();
        house.rooms.ask(House.ROOM, "a", new RoomCommand.CreateTransport(TransportDirection.SEND), reply);
        house.loop.run();
        assertFalse(reply.isDone());
        house.plane.session().lose();
        house.loop.run();
        assertTrue(reply.isCompletedExceptionally());
    }
}
