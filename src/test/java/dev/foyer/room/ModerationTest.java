package dev.foyer.room;

import static dev.foyer.room.ParticipantRole.HOST;
import static dev.foyer.room.ParticipantRole.PARTICIPANT;
import static dev.foyer.room.ParticipantRole.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.room.RoomEvent.PeerLeft;
import dev.foyer.room.RoomEvent.PeerMuted;
import dev.foyer.room.RoomEvent.ProducerClosed;
import dev.foyer.room.RoomEvent.Removed;
import dev.foyer.room.RoomEvent.RoleChanged;
import dev.foyer.room.RoomEvent.RoomUpdated;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModerationTest extends ModeratedRoom {
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

    private RoomErrorCode refusalToPublish(String id) {
        return assertThrows(RoomException.class, () -> produce(id, MediaKind.AUDIO))
                .code();
    }

    private void administer(RoomCommand<RoomReply.Done> command) {
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        house.rooms.administer(House.ROOM, command, reply);
        house.settled(reply);
    }
}
