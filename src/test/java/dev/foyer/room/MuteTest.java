package dev.foyer.room;

import static dev.foyer.room.ParticipantRole.HOST;
import static dev.foyer.room.ParticipantRole.PARTICIPANT;
import static dev.foyer.room.ParticipantRole.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.RoomEvent.ConsumerPaused;
import dev.foyer.room.RoomEvent.ConsumerResumed;
import dev.foyer.room.RoomEvent.ModeChanged;
import dev.foyer.room.RoomEvent.ModeCommitted;
import dev.foyer.room.RoomEvent.PeerMuted;
import dev.foyer.room.RoomEvent.ProducerPaused;
import dev.foyer.room.RoomEvent.ProducerResumed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MuteTest extends ModeratedRoom {
    @Test
    void muteStopsTheProducerAtTheServerUntilItIsLifted() {
        meetInTheSfu();
        String audio = produce("guest", MediaKind.AUDIO);
        String video = produce("guest", MediaKind.VIDEO);
        String consumer = house.consume("host", house.transport("host", TransportDirection.RECV), audio);
        house.forgetHeard();

        does("host", "guest", new Moderation.Mute(null));
        assertFalse(forwards(audio));
        assertTrue(forwards(video), "the camera is nobody's business");
        assertEquals(
                List.of(
                        new ProducerPaused(audio, "guest"),
                        new ConsumerPaused(consumer, audio),
                        new PeerMuted("guest", "gus", MediaKind.AUDIO, true, "host")),
                house.hears("host"));
        assertEquals(
                List.of(new PeerMuted("guest", "gus", MediaKind.AUDIO, true, "host")),
                house.hears("guest", PeerMuted.class));

        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("guest", new RoomCommand.ResumeProducer(audio)));
        assertFalse(forwards(audio));
        assertEquals(List.of(), house.hears("host"));

        does("host", "guest", new Moderation.Unmute(null));
        assertTrue(forwards(audio));
        assertEquals(
                List.of(
                        new ProducerResumed(audio, "guest"),
                        new ConsumerResumed(consumer, audio),
                        new PeerMuted("guest", "gus", MediaKind.AUDIO, false, "host")),
                house.hears("host"));
    }

    @Test
    void whatAMutedParticipantPublishesLaterIsSilentToo() {
        meetInTheSfu();
        does("host", "guest", new Moderation.Mute(MediaKind.VIDEO));
        house.forgetHeard();
        String video = produce("guest", MediaKind.VIDEO);
        assertFalse(forwards(video));
        assertTrue(house.hears("host", RoomEvent.NewProducer.class)
                .getFirst()
                .producer()
                .paused());
        does("host", "guest", new Moderation.Unmute(MediaKind.VIDEO));
        assertTrue(forwards(video));
    }

    @Test
    void muteOvertakenByTheProducerItIsForHolds() {
        meetInTheSfu();
        String transport = house.connectedTransport("guest", TransportDirection.SEND);
        RtpParameters parameters =
                new RtpParameters("0", List.of(), List.of(), List.of(), new RtcpParameters(null, true));
        CompletableFuture<RoomReply.Produced> produced = new CompletableFuture<>();
        house.rooms.ask(
                House.ROOM,
                "guest",
                new RoomCommand.Produce(transport, MediaKind.AUDIO, parameters, Map.of(), false),
                produced);
        house.rooms.ask(
                House.ROOM,
                "host",
                new RoomCommand.Moderate("guest", new Moderation.Mute(null)),
                new CompletableFuture<>());
        assertFalse(forwards(house.settled(produced).producerId()));
    }

    @Test
    void pausedByItsOwnerStaysPausedWhenAMuteIsLifted() {
        meetInTheSfu();
        String audio = produce("guest", MediaKind.AUDIO);
        does("host", "guest", new Moderation.Mute(null));
        house.ask("guest", new RoomCommand.PauseProducer(audio));
        does("host", "guest", new Moderation.Unmute(null));
        assertFalse(forwards(audio));
        house.ask("guest", new RoomCommand.ResumeProducer(audio));
        assertTrue(forwards(audio));
    }

    @Test
    void wishToGoOnIsHeardWhenAMuteIsLifted() {
        meetInTheSfu();
        String audio =
                produce("guest", house.connectedTransport("guest", TransportDirection.SEND), MediaKind.AUDIO, true);
        does("host", "guest", new Moderation.Mute(null));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("guest", new RoomCommand.ResumeProducer(audio)));
        assertFalse(forwards(audio));
        does("host", "guest", new Moderation.Unmute(null));
        assertTrue(forwards(audio));
    }

    @Test
    void returnOfALostConnectionDoesNotLiftAMute() {
        meetInTheSfu();
        String audio = produce("guest", MediaKind.AUDIO);
        does("host", "guest", new Moderation.Mute(null));
        house.ask("guest", new RoomCommand.Suspend());
        house.loop.advance(6_000);
        house.ask("guest", new RoomCommand.Return());
        assertFalse(forwards(audio));
    }

    @Test
    void muteLiftedInAbsenceIsLiftedOnReturn() {
        meetInTheSfu();
        String audio = produce("guest", MediaKind.AUDIO);
        does("host", "guest", new Moderation.Mute(null));
        house.ask("guest", new RoomCommand.Suspend());
        house.loop.advance(6_000);
        does("host", "guest", new Moderation.Unmute(null));
        assertFalse(forwards(audio), "nobody is there");
        house.ask("guest", new RoomCommand.Return());
        assertTrue(forwards(audio));
    }

    @Test
    void mutedUserIsMutedOnItsNextSeatAndItsOther() {
        meetInTheSfu();
        house.join("guest-2", as("gus", PARTICIPANT, false));
        does("host", "guest", new Moderation.Mute(null));
        assertFalse(forwards(produce("guest-2", MediaKind.AUDIO)), "the user's other seat");
        house.ask("guest", new RoomCommand.Leave());
        house.forgetHeard();
        house.join("guest-3", as("gus", PARTICIPANT, false));
        PeerMuted told = new PeerMuted("guest-3", "gus", MediaKind.AUDIO, true, null);
        assertTrue(house.hears("guest-3").contains(told));
        assertTrue(house.hears("host").contains(told));
        assertFalse(forwards(produce("guest-3", MediaKind.AUDIO)));
    }

    @Test
    void newcomerHearsWhoIsMuted() {
        meetInTheSfu();
        does("host", "guest", new Moderation.StopVideo());
        house.join("late", as("liz", PARTICIPANT, false));
        assertEquals(
                List.of(new PeerMuted("guest", "gus", MediaKind.VIDEO, true, null)),
                house.hears("late", PeerMuted.class));
    }

    @Test
    void muteInAMeshMovesTheRoomToTheSfuAndDoesNotWaitForTheMuted() {
        house.join("host", as("hanna", HOST, true));
        house.join("guest", as("gus", PARTICIPANT, true));
        house.forgetHeard();
        does("host", "guest", new Moderation.Mute(null));
        ModeChanged changed = house.hears("host", ModeChanged.class).getFirst();
        assertEquals(TopologyMode.SFU, changed.topology().mode());
        assertEquals(TopologyReason.RESTRICTED, changed.topology().reason());
        house.ready(changed.topology().epoch(), "host");
        assertEquals(1, house.hears("host", ModeCommitted.class).size(), "the muted cannot hold it up");
        house.loop.advance(600_000);
        assertEquals(List.of(), house.hears("host", ModeChanged.class), "it stays there while somebody is muted");
        does("host", "guest", new Moderation.Unmute(null));
        house.loop.advance(31_000);
        assertEquals(
                TopologyMode.P2P,
                house.hears("host", ModeChanged.class).getFirst().topology().mode());
    }

    @Test
    void participantWithoutPublishOrSubscribeIsNotInAMesh() {
        for (Permission only : List.of(Permission.PUBLISH, Permission.SUBSCRIBE)) {
            House other = new House();
            other.join("a", as("ann", PARTICIPANT, true));
            RoomReply.Joined joined = other.join("b", as("bob", PARTICIPANT, true, Set.of(only)));
            assertEquals(TopologyMode.SFU, joined.topology().mode());
            assertEquals(TopologyReason.RESTRICTED, joined.topology().reason());
            assertEquals(
                    RoomErrorCode.FORBIDDEN,
                    other.refusal("b", new RoomCommand.Signal("a", 1, Map.of("description", Map.of()))),
                    "not in the mesh that still stands, either");
        }
    }

    @Test
    void demotionInAMeshMovesTheRoomToTheSfu() {
        house.join("host", as("hanna", HOST, true));
        house.join("guest", as("gus", PARTICIPANT, true));
        house.forgetHeard();
        does("host", "guest", new Moderation.SetRole(VIEWER));
        assertEquals(
                TopologyReason.RESTRICTED,
                house.hears("host", ModeChanged.class).getFirst().topology().reason());
    }

    @Test
    void muteInAMeshWaitsForTheSfuToBeThere() {
        house.join("host", as("hanna", HOST, true));
        house.join("guest", as("gus", PARTICIPANT, true));
        house.forgetHeard();
        house.plane.available = false;
        does("host", "guest", new Moderation.Mute(null));
        house.loop.advance(5_000);
        ModeChanged aborted = house.hears("host", ModeChanged.class).getLast();
        assertEquals(TopologyMode.P2P, aborted.topology().mode());
        house.loop.advance(10_000);
        ModeChanged again = house.hears("host", ModeChanged.class).getFirst();
        assertEquals(TopologyReason.RESTRICTED, again.topology().reason(), "tried again");
    }
}
