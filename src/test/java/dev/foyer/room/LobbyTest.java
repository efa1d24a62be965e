package dev.foyer.room;

import static dev.foyer.room.ParticipantRole.HOST;
import static dev.foyer.room.ParticipantRole.PARTICIPANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.room.RoomEvent.Admitted;
import dev.foyer.room.RoomEvent.Denied;
import dev.foyer.room.RoomEvent.LobbyEntered;
import dev.foyer.room.RoomEvent.LobbyLeft;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LobbyTest {
    private static final RoomSpec SPEC =
            RoomSpec.of(RoomType.MANSION).withRules(new RoomRules(true, RoleLimits.none(), null));

    private final House house = new House();

    private void join(String id, String userId, ParticipantRole role) {
        join(id, userId, role, Dialect.CALL);
    }

    private void join(String id, String userId, ParticipantRole role, Dialect dialect) {
        house.join(
                House.ROOM,
                SPEC,
                id,
                new RoomCommand.Join(
                        dialect,
                        userId,
                        role,
                        "Name of " + userId,
                        null,
                        null,
                        new MeshSupport.None(),
                        FakeMediaPlane.capabilities(),
                        PermissionTable.of(role)));
    }

    private RoomErrorCode refused(String id, String userId) {
        return assertThrows(RoomException.class, () -> join(id, userId, PARTICIPANT))
                .code();
    }

    @Test
    void whoAsksWaitsUntilAModeratorLetsItIn() {
        join("host", "hanna", HOST);
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"), "asking again changes nothing");
        assertEquals(List.of(new LobbyEntered("ann", "Name of ann")), house.hears("host"));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("a", new RoomCommand.Chat("let me in")));
        house.ask("host", new RoomCommand.Admit("ann"));
        assertEquals(List.of(new LobbyLeft("ann")), house.hears("host"));
        assertEquals(List.of(new Admitted(House.ROOM)), house.hears("a"));
        join("a", "ann", PARTICIPANT);
        house.ask("a", new RoomCommand.Leave());
        join("a-2", "ann", PARTICIPANT);
    }

    @Test
    void deniedIsToldAndMayAskAgain() {
        join("host", "hanna", HOST);
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        house.ask("host", new RoomCommand.Deny("ann"));
        assertEquals(List.of(new Denied(House.ROOM)), house.hears("a"));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, house.refusal("host", new RoomCommand.Admit("ann")));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, house.refusal("host", new RoomCommand.Deny("ann")));
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
    }

    @Test
    void onlyModeratorsHearAndDecide() {
        join("host", "hanna", HOST);
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        house.ask("host", new RoomCommand.Admit("ann"));
        join("a", "ann", PARTICIPANT);
        house.forgetHeard();
        assertEquals(RoomErrorCode.LOBBY, refused("b", "bob"));
        assertEquals(List.of(), house.hears("a"));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("a", new RoomCommand.Admit("bob")));
    }

    @Test
    void moderatorWhoComesLaterIsShownWhoWaits() {
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        assertEquals(RoomErrorCode.LOBBY, refused("b", "bob"));
        join("host", "hanna", HOST);
        assertEquals(
                List.of(new LobbyEntered("ann", "Name of ann"), new LobbyEntered("bob", "Name of bob")),
                house.hears("host"));
    }

    @Test
    void newHostIsShownWhoWaits() {
        join("host", "hanna", HOST);
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        house.ask("host", new RoomCommand.Admit("ann"));
        join("a", "ann", PARTICIPANT);
        assertEquals(RoomErrorCode.LOBBY, refused("b", "bob"));
        house.forgetHeard();
        house.ask("host", new RoomCommand.Leave());
        assertEquals(List.of(new LobbyEntered("bob", "Name of bob")), house.hears("a", LobbyEntered.class));
    }

    @Test
    void whoLeavesWaitsNoLonger() {
        join("host", "hanna", HOST);
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        house.ask("a", new RoomCommand.Leave());
        assertEquals(List.of(new LobbyEntered("ann", "Name of ann"), new LobbyLeft("ann")), house.hears("host"));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("a", new RoomCommand.Leave()));
    }

    @Test
    void endOfTheRoomIsToldToWhoWaits() {
        join("host", "hanna", HOST);
        assertEquals(RoomErrorCode.LOBBY, refused("a", "ann"));
        house.ask("host", new RoomCommand.Leave());
        assertEquals(List.of(new Denied(House.ROOM)), house.hears("a"));
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void notMoreThanSoManyWait() {
        join("host", "hanna", HOST);
        for (int i = 0; i < Lobby.MOST_WAITING; i++) {
            assertEquals(RoomErrorCode.LOBBY, refused("s" + i, "u" + i));
        }
        assertEquals(RoomErrorCode.ROOM_FULL, refused("s", "u"));
        assertEquals(RoomErrorCode.LOBBY, refused("s0", "u0"), "who waits goes on waiting");
        house.ask("s0", new RoomCommand.Leave());
        assertEquals(RoomErrorCode.LOBBY, refused("s", "u"));
    }

    @Test
    void clientWithoutASocketCannotWait() {
        join("host", "hanna", HOST);
        RoomException refusal =
                assertThrows(RoomException.class, () -> join("whip-1", "cam", PARTICIPANT, Dialect.WHIP));
        assertEquals(RoomErrorCode.LOBBY, refusal.code());
        assertEquals(List.of(), house.hears("host"));
    }

    @Test
    void seatKeptByTheApiIsAnInvitation() {
        join("host", "hanna", HOST);
        house.join(
                House.ROOM,
                SPEC,
                "api-1",
                new RoomCommand.Join(
                        Dialect.API, "ann", PARTICIPANT, null, null, null, new MeshSupport.None(), null, Set.of()));
        join("a", "ann", PARTICIPANT);
    }
}
