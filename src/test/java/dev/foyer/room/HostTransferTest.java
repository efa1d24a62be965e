package dev.foyer.room;

import static dev.foyer.room.ParticipantRole.HOST;
import static dev.foyer.room.ParticipantRole.PARTICIPANT;
import static dev.foyer.room.ParticipantRole.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.RoomEvent.RoleChanged;
import dev.foyer.room.RoomReport.Seated;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostTransferTest {
    private final House house = new House();

    private static RoomCommand.Join as(String userId, ParticipantRole role, Set<Permission> permissions) {
        return new RoomCommand.Join(
                Dialect.CALL,
                userId,
                role,
                null,
                null,
                null,
                new MeshSupport.None(),
                FakeMediaPlane.capabilities(),
                permissions);
    }

    private static void join(House house, String id, ParticipantRole role) {
        house.join(id, as("user-" + id, role, PermissionTable.of(role)));
    }

    private static void joinModerator(House house, String id) {
        house.join(
                id,
                as(
                        "user-" + id,
                        PARTICIPANT,
                        EnumSet.of(Permission.PUBLISH, Permission.SUBSCRIBE, Permission.MODERATE)));
    }

    private static List<String> hosts(House house) {
        return house.settled(house.rooms.report(House.ROOM).toCompletableFuture()).participants().stream()
                .map(Seated::peer)
                .filter(peer -> peer.role() == HOST)
                .map(Peer::peerId)
                .toList();
    }

    @Test
    void goesToWhoHasBeenThereForLongest() {
        join(house, "host", HOST);
        join(house, "viewer", VIEWER);
        join(house, "b", PARTICIPANT);
        join(house, "c", PARTICIPANT);
        house.forgetHeard();
        house.ask("host", new RoomCommand.Leave());
        RoleChanged told = house.hears("c", RoleChanged.class).getFirst();
        assertEquals("b", told.peer().peerId());
        assertEquals(HOST, told.peer().role());
        assertEquals(1, house.hears("b", RoleChanged.class).size());
        house.ask("b", new RoomCommand.LockRoom(true));
    }

    @Test
    void goesToAModeratorBeforeOthers() {
        join(house, "host", HOST);
        join(house, "b", PARTICIPANT);
        joinModerator(house, "mod");
        joinModerator(house, "mod-2");
        house.ask("host", new RoomCommand.Leave());
        assertEquals(List.of("mod"), hosts(house));
    }

    @Test
    void neverGoesToViewersNorToWhoHasNoClient() {
        join(house, "host", HOST);
        join(house, "viewer", VIEWER);
        house.join("api-1", House.join("ann", Dialect.API, false));
        house.join("whip-1", House.join("cam", Dialect.WHIP, false));
        house.ask("host", new RoomCommand.Leave());
        assertEquals(List.of(), hosts(house));
    }

    @Test
    void goesToWhoIsThereBeforeWhoLostItsConnection() {
        join(house, "host", HOST);
        join(house, "b", PARTICIPANT);
        join(house, "c", PARTICIPANT);
        house.ask("b", new RoomCommand.Suspend());
        house.loop.advance(6_000);
        house.ask("host", new RoomCommand.Leave());
        assertEquals(List.of("c"), hosts(house));
    }

    @Test
    void waitsUntilTheSeatOfALostConnectionIsGivenUp() {
        join(house, "host", HOST);
        join(house, "b", PARTICIPANT);
        house.ask("host", new RoomCommand.Suspend());
        house.loop.advance(119_999);
        assertEquals(List.of("host"), hosts(house));
        house.loop.advance(1);
        assertEquals(List.of("b"), hosts(house));
    }

    @Test
    void hostWhoBeginsAfreshStaysHost() {
        join(house, "host", HOST);
        join(house, "b", PARTICIPANT);
        house.forgetHeard();
        join(house, "host", HOST);
        assertEquals(List.of("host"), hosts(house));
        assertEquals(List.of(), house.hears("b", RoleChanged.class));
    }

    @Test
    void hostWhoBeginsAfreshAsSomethingElseIsReplaced() {
        join(house, "host", HOST);
        join(house, "b", PARTICIPANT);
        join(house, "host", PARTICIPANT);
        assertEquals(List.of("b"), hosts(house));
    }

    @Test
    void roomThatNeverHadAHostGetsNone() {
        join(house, "a", PARTICIPANT);
        join(house, "b", PARTICIPANT);
        house.ask("a", new RoomCommand.Leave());
        assertEquals(List.of(), hosts(house));
    }

    /** Whoever comes and goes: once there is a host there is one as long as anybody could be. */
    @Test
    void roomKeepsAHostWhateverHappens() {
        int transfers = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            House world = new House();
            join(world, "p0", HOST);
            List<String> present = new ArrayList<>(List.of("p0"));
            for (int step = 1; step < 60; step++) {
                String someone = present.get(random.nextInt(present.size()));
                int act = random.nextInt(8);
                if (act < 3) {
                    String id = "p" + step;
                    int role = random.nextInt(6);
                    if (role == 0) {
                        joinModerator(world, id);
                    } else {
                        join(world, id, role == 1 ? HOST : role < 4 ? PARTICIPANT : VIEWER);
                    }
                    present.add(id);
                } else if (act < 6 && present.size() > 1) {
                    present.remove(someone);
                    world.ask(someone, new RoomCommand.Leave());
                } else if (act == 6) {
                    world.ask(someone, new RoomCommand.Suspend());
                    world.loop.advance(random.nextInt(10_000));
                    world.ask(someone, new RoomCommand.Return());
                }
                transfers += (int) world.hears(present.getFirst(), RoleChanged.class).stream()
                        .filter(change -> change.by() == null)
                        .count();
                List<Seated> seated = world.settled(
                                world.rooms.report(House.ROOM).toCompletableFuture())
                        .participants();
                boolean anybody = seated.stream().anyMatch(seat -> seat.peer().role() != VIEWER);
                assertEquals(anybody, !hosts(world).isEmpty(), "seed " + seed + ", step " + step);
                if (!anybody) {
                    break;
                }
            }
        }
        assertTrue(transfers > 50, "too few transfers: " + transfers);
    }

    @Test
    void limitsOfRolesHoldForJoinsAndForChanges() {
        RoomSpec spec = RoomSpec.of(RoomType.MANSION).withRules(new RoomRules(false, new RoleLimits(1, 2, 1), null));
        house.join(House.ROOM, spec, "host", as("hanna", HOST, PermissionTable.of(HOST)));
        assertEquals(RoomErrorCode.ROOM_FULL, refused("host-2", HOST));
        join(house, "a", PARTICIPANT);
        join(house, "b", PARTICIPANT);
        assertEquals(RoomErrorCode.ROOM_FULL, refused("c", PARTICIPANT));
        join(house, "v", VIEWER);
        assertEquals(RoomErrorCode.ROOM_FULL, refused("w", VIEWER));
        join(house, "v", VIEWER);
        assertEquals(
                RoomErrorCode.ROOM_FULL,
                house.refusal("host", new RoomCommand.Moderate("v", new Moderation.SetRole(PARTICIPANT))));
        assertEquals(
                RoomErrorCode.ROOM_FULL,
                house.refusal("host", new RoomCommand.Moderate("a", new Moderation.SetRole(HOST))));
        house.ask("b", new RoomCommand.Leave());
        house.ask("host", new RoomCommand.Moderate("v", new Moderation.SetRole(PARTICIPANT)));
        assertEquals(RoomErrorCode.ROOM_FULL, refused("c", PARTICIPANT));
        house.ask("host", new RoomCommand.Leave());
        assertEquals(List.of("a"), hosts(house), "there is room for the heir");
    }

    @Test
    void lostConnectionGivesWayToItsUserWhereTheRoleIsFull() {
        RoomSpec spec = RoomSpec.of(RoomType.MANSION).withRules(new RoomRules(false, new RoleLimits(1, 1, 1), null));
        house.join(House.ROOM, spec, "host", as("hanna", HOST, PermissionTable.of(HOST)));
        join(house, "a", PARTICIPANT);
        house.ask("host", new RoomCommand.Suspend());
        house.join("host-2", as("hanna", HOST, PermissionTable.of(HOST)));
        assertEquals(List.of("host-2"), hosts(house));
        assertEquals(RoomErrorCode.ROOM_FULL, refused("host", HOST));
    }

    private RoomErrorCode refused(String id, ParticipantRole role) {
        return assertThrows(RoomException.class, () -> join(house, id, role)).code();
    }

    @Test
    void roomEndsAtItsFixedEndWhoeverIsInIt() {
        long end = house.loop.nowMillis() + 60_000;
        RoomSpec spec = RoomSpec.of(RoomType.MANSION).withRules(new RoomRules(false, RoleLimits.none(), end));
        house.join(House.ROOM, spec, "a", as("ann", PARTICIPANT, PermissionTable.of(PARTICIPANT)));
        house.forgetHeard();
        house.loop.advance(59_999);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(List.of(new RoomEvent.RoomClosed("ended")), house.hears("a"));
        assertEquals(0, house.rooms.roomCount());
        assertEquals(0, house.rooms.participantCount());
    }

    @Test
    void roomWhoseEndHasPassedIsNotMade() {
        RoomSpec spec = RoomSpec.of(RoomType.MANSION)
                .withRules(new RoomRules(false, RoleLimits.none(), house.loop.nowMillis()));
        RoomException refusal = assertThrows(
                RoomException.class,
                () -> house.join(House.ROOM, spec, "a", as("ann", PARTICIPANT, PermissionTable.of(PARTICIPANT))));
        assertEquals(RoomErrorCode.ROOM_CLOSED, refusal.code());
        assertEquals(0, house.rooms.roomCount());
        join(house, "b", PARTICIPANT);
        house.join(House.ROOM, spec, "a", as("ann", PARTICIPANT, PermissionTable.of(PARTICIPANT)));
    }
}
