package dev.foyer.room;

import static dev.foyer.room.ParticipantRole.HOST;
import static dev.foyer.room.ParticipantRole.PARTICIPANT;
import static dev.foyer.room.ParticipantRole.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.RoomEvent.ConsumerPaused;
import dev.foyer.room.RoomEvent.ConsumerResumed;
import dev.foyer.room.RoomEvent.ModeChanged;
import dev.foyer.room.RoomEvent.ModeCommitted;
import dev.foyer.room.RoomEvent.PeerLeft;
import dev.foyer.room.RoomEvent.PeerMuted;
import dev.foyer.room.RoomEvent.ProducerClosed;
import dev.foyer.room.RoomEvent.ProducerPaused;
import dev.foyer.room.RoomEvent.ProducerResumed;
import dev.foyer.room.RoomEvent.Removed;
import dev.foyer.room.RoomEvent.RoleChanged;
import dev.foyer.room.RoomEvent.RoomUpdated;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModerationTest {
    private final House house = new House();

    private static RoomCommand.Join as(String userId, ParticipantRole role, boolean mesh) {
        return as(userId, role, mesh, PermissionTable.of(role));
    }

    private static RoomCommand.Join as(String userId, ParticipantRole role, boolean mesh, Set<Permission> permissions) {
        return new RoomCommand.Join(
                Dialect.CALL,
                userId,
                role,
                null,
                null,
                null,
                mesh ? new MeshSupport.Seamless() : new MeshSupport.None(),
                FakeMediaPlane.capabilities(),
                permissions);
    }

    private RoomReply.Done does(String id, String to, Moderation action) {
        return house.ask(id, new RoomCommand.Moderate(to, action));
    }

    private RoomErrorCode refused(String id, String to, Moderation action) {
        return house.refusal(id, new RoomCommand.Moderate(to, action));
    }

    private RoomErrorCode refusedToJoin(String id, RoomCommand.Join join) {
        return assertThrows(RoomException.class, () -> house.join(id, join)).code();
    }

    private String produce(String id, MediaKind kind) {
        return produce(id, house.connectedTransport(id, TransportDirection.SEND), kind, false);
    }

    private String produce(String id, String transport, MediaKind kind, boolean paused) {
        RtpParameters parameters =
                new RtpParameters("0", List.of(), List.of(), List.of(), new RtcpParameters(null, true));
        return house.ask(id, new RoomCommand.Produce(transport, kind, parameters, Map.of(), paused))
                .producerId();
    }

    private boolean forwards(String producer) {
        return !house.plane.session().pausedProducers.contains(producer);
    }

    /** A host and a guest who know only the SFU. */
    private void meetInTheSfu() {
        house.join("host", as("hanna", HOST, false));
        house.join("guest", as("gus", PARTICIPANT, false));
    }

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
    void kickedIsOutAndMayComeBack() {
        meetInTheSfu();
        house.forgetHeard();
        does("host", "guest", new Moderation.Kick("noise"));
        assertEquals(List.of(new Removed(RoomErrorCode.KICKED, "noise")), house.hears("guest"));
        assertEquals(
                "guest", house.hears("host", PeerLeft.class).getFirst().peer().peerId());
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("guest", new RoomCommand.Chat("hello")));
        house.join("guest", as("gus", PARTICIPANT, false));
    }

    @Test
    void bannedIsOutWithAllItsSeatsForATime() {
        meetInTheSfu();
        house.join("guest-2", as("gus", PARTICIPANT, false));
        house.join("other", as("gust", PARTICIPANT, false));
        house.forgetHeard();
        does("host", "guest", new Moderation.Ban(Duration.ofMinutes(5), null));
        assertEquals(List.of(new Removed(RoomErrorCode.BANNED)), house.hears("guest"));
        assertEquals(
                RoomErrorCode.BANNED,
                house.hears("guest-2", Removed.class).getFirst().code());
        assertEquals(List.of(), house.hears("other", Removed.class));
        assertEquals(RoomErrorCode.BANNED, refusedToJoin("guest-3", as("gus", PARTICIPANT, false)));
        house.join("guest", as("gustav", PARTICIPANT, false));
        house.loop.advance(299_999);
        assertEquals(RoomErrorCode.BANNED, refusedToJoin("guest-3", as("gus", HOST, false)));
        house.loop.advance(1);
        house.join("guest-3", as("gus", PARTICIPANT, false));
    }

    @Test
    void bansAreBounded() {
        Bans bans = new Bans();
        for (int i = 0; i < 3 * Bans.MOST; i++) {
            bans.add("user" + i, Duration.ofMinutes(i == 0 ? 600 : 10), i);
        }
        assertEquals(Bans.MOST, bans.size());
        assertTrue(bans.holds("user0", 10_000), "the one that would end last");
        assertTrue(bans.holds("user" + (3 * Bans.MOST - 1), 10_000));
        assertFalse(bans.holds("user1", 10_000), "the one that would end first");
        bans.add("last", Duration.ofMinutes(1), Duration.ofMinutes(15).toNanos());
        assertEquals(2, bans.size(), "what is over is dropped");
    }

    @Test
    void nobodyThrowsItselfOutOrAnAdministrator() {
        meetInTheSfu();
        house.join("admin", as("ada", VIEWER, false, EnumSet.of(Permission.ADMIN)));
        assertEquals(RoomErrorCode.FORBIDDEN, refused("host", "host", new Moderation.Kick(null)));
        assertEquals(RoomErrorCode.FORBIDDEN, refused("host", "host", new Moderation.Ban(Duration.ofDays(1), null)));
        assertEquals(RoomErrorCode.FORBIDDEN, refused("host", "admin", new Moderation.Kick(null)));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, refused("host", "nobody", new Moderation.Kick(null)));
        does("admin", "host", new Moderation.Kick(null));
        assertEquals(1, house.hears("host", Removed.class).size());
    }

    @Test
    void permissionsFollowTheRole() {
        meetInTheSfu();
        String audio = produce("guest", MediaKind.AUDIO);
        house.forgetHeard();
        does("host", "guest", new Moderation.SetRole(VIEWER));
        assertFalse(house.plane.session().producers.containsKey(audio), "what it published is closed");
        List<RoomEvent> heard = house.hears("host");
        assertEquals(new ProducerClosed(audio, "guest"), heard.getFirst());
        RoleChanged changed = (RoleChanged) heard.getLast();
        assertEquals(VIEWER, changed.peer().role());
        assertEquals("host", changed.by());
        assertEquals(RoomErrorCode.FORBIDDEN, refusalToPublish("guest"));

        does("host", "guest", new Moderation.SetRole(PARTICIPANT));
        produce("guest", MediaKind.AUDIO);
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("guest", new RoomCommand.LockRoom(true)));

        does("host", "guest", new Moderation.SetRole(HOST));
        house.ask("guest", new RoomCommand.LockRoom(true));
        does("guest", "host", new Moderation.SetRole(VIEWER));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("host", new RoomCommand.LockRoom(false)));
    }

    private RoomErrorCode refusalToPublish(String id) {
        return assertThrows(RoomException.class, () -> produce(id, MediaKind.AUDIO))
                .code();
    }

    @Test
    void nobodyGivesAPowerThatItDoesNotHave() {
        Set<Permission> moderator = EnumSet.of(Permission.SUBSCRIBE, Permission.MODERATE);
        assertEquals(
                EnumSet.of(Permission.PUBLISH, Permission.SUBSCRIBE, Permission.MODERATE),
                Roles.given(HOST, EnumSet.of(Permission.SUBSCRIBE), moderator));
        assertEquals(
                PermissionTable.of(HOST),
                Roles.given(HOST, EnumSet.of(Permission.RECORD), moderator),
                "what it had before stays");
        assertEquals(PermissionTable.of(VIEWER), Roles.given(VIEWER, PermissionTable.of(HOST), moderator));
        house.join("mod", as("mia", PARTICIPANT, false, moderator));
        house.join("guest", as("gus", VIEWER, false));
        does("mod", "guest", new Moderation.SetRole(HOST));
        produce("guest", MediaKind.AUDIO);
        house.ask("guest", new RoomCommand.LockRoom(true));
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

    @Test
    void lastHostStaysHost() {
        meetInTheSfu();
        assertEquals(RoomErrorCode.FORBIDDEN, refused("host", "host", new Moderation.SetRole(PARTICIPANT)));
        does("host", "guest", new Moderation.SetRole(HOST));
        does("host", "host", new Moderation.SetRole(PARTICIPANT));
    }

    @Test
    void lockedRoomTakesInOnlyWhoWasThere() {
        meetInTheSfu();
        house.join("other", as("otto", PARTICIPANT, false));
        house.ask("other", new RoomCommand.Leave());
        house.forgetHeard();
        house.ask("host", new RoomCommand.LockRoom(true));
        assertEquals(List.of(new RoomUpdated(true)), house.hears("guest"));
        assertEquals(RoomErrorCode.ROOM_LOCKED, refusedToJoin("new", as("nina", PARTICIPANT, false)));
        assertEquals(RoomErrorCode.ROOM_LOCKED, refusedToJoin("new", as("nina", HOST, false)), "a host is new, too");
        house.join("other-2", as("otto", PARTICIPANT, false));
        assertEquals(List.of(new RoomUpdated(true)), house.hears("other-2", RoomUpdated.class));
        does("host", "other-2", new Moderation.Kick(null));
        assertEquals(
                RoomErrorCode.ROOM_LOCKED,
                refusedToJoin("other-3", as("otto", PARTICIPANT, false)),
                "who was thrown out was never there");
        house.join("admin", as("ada", PARTICIPANT, false, EnumSet.of(Permission.ADMIN)));
        house.ask("host", new RoomCommand.LockRoom(false));
        house.join("new", as("nina", PARTICIPANT, false));
    }

    @Test
    void serverModeratesWithoutASeat() {
        meetInTheSfu();
        String audio = produce("guest", MediaKind.AUDIO);
        administer(new RoomCommand.Moderate("guest", new Moderation.Mute(MediaKind.AUDIO)));
        assertFalse(forwards(audio));
        assertEquals(
                List.of(new PeerMuted("guest", "gus", MediaKind.AUDIO, true, null)),
                house.hears("guest", PeerMuted.class));
        administer(new RoomCommand.LockRoom(true));
        assertEquals(RoomErrorCode.ROOM_LOCKED, refusedToJoin("new", as("nina", PARTICIPANT, false)));
        administer(new RoomCommand.Moderate("host", new Moderation.Kick(null)));
        assertEquals(
                RoomErrorCode.KICKED,
                house.hears("host", Removed.class).getFirst().code());
        RoomException refusal = assertThrows(RoomException.class, () -> administer(new RoomCommand.RaiseHand(true)));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, refusal.code());
        CompletableFuture<RoomReply.Done> nowhere = new CompletableFuture<>();
        house.rooms.administer("nowhere", new RoomCommand.LockRoom(true), nowhere);
        assertEquals(
                RoomErrorCode.ROOM_NOT_FOUND,
                assertThrows(RoomException.class, () -> house.settled(nowhere)).code());
    }

    private void administer(RoomCommand<RoomReply.Done> command) {
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        house.rooms.administer(House.ROOM, command, reply);
        house.settled(reply);
    }
}
