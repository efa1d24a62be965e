package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who comes into a room that is joined by invitation. */
class PrivateRoomTest {
    private static final RoomSpec PRIVATE = RoomSpec.of(RoomType.PRIVATE);
    private static final Duration HOUR = Duration.ofHours(1);

    private final House house = new House();

    private static RoomCommand.Join as(String userId, Dialect dialect, Ticket ticket) {
        return new RoomCommand.Join(
                dialect,
                userId,
                ParticipantRole.PARTICIPANT,
                null,
                null,
                null,
                new MeshSupport.Seamless(),
                null,
                PermissionTable.of(ParticipantRole.PARTICIPANT),
                ticket);
    }

    private static Ticket showing(String secret) {
        return new Ticket(false, false, secret);
    }

    private RoomReply.Joined join(String id, String userId, Ticket ticket) {
        return house.join(House.ROOM, PRIVATE, id, as(userId, Dialect.CALL, ticket));
    }

    private RoomErrorCode refused(String id, String userId, Ticket ticket) {
        try {
            join(id, userId, ticket);
        } catch (RoomException refusal) {
            return refusal.code();
        }
        throw new AssertionError(id + " came in");
    }

    private String invite(String id, Duration life, int uses) {
        return house.ask(id, new RoomCommand.CreateInvitation(life, uses))
                .invitation()
                .secret();
    }

    @Test
    void isOpenToWhoMadeItAndClosedToOthers() {
        assertNotNull(join("a", "ada", Ticket.NONE).invitation());
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", Ticket.NONE));
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "ada", Ticket.NONE));
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", showing("guess")));
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", new Ticket(true, false, null)));
    }

    @Test
    void isOpenToWhoAskedForItToBeMade() {
        house.settled(house.rooms.create(House.ROOM, PRIVATE, "a").toCompletableFuture());
        house.settled(house.rooms.create(House.ROOM, PRIVATE, "b").toCompletableFuture());
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", Ticket.NONE));
        join("a", "ada", Ticket.NONE);
        assertNotNull(invite("a", HOUR, 1));
    }

    @Test
    void isOpenToInvitedOnes() {
        join("a", "ada", Ticket.NONE);
        assertNull(join("b", "bob", showing(invite("a", HOUR, 1))).invitation());
    }

    @Test
    void invitationIsUsedUp() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", HOUR, 1);
        join("b", "bob", showing(secret));
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("c", "cem", showing(secret)));
    }

    @Test
    void refusedJoinUsesNothingUp() {
        RoomSpec two = new RoomSpec(RoomType.PRIVATE, 2, false, false, true, null, Map.of());
        house.join(House.ROOM, two, "a", as("ada", Dialect.CALL, Ticket.NONE));
        String first = invite("a", HOUR, 1);
        String second = invite("a", HOUR, 1);
        join("b", "bob", showing(first));
        assertEquals(RoomErrorCode.ROOM_FULL, refused("c", "cem", showing(second)));
        house.ask("b", new RoomCommand.Leave());
        join("d", "dan", showing(second));
    }

    @Test
    void invitedOnesMayComeAgain() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", HOUR, 1);
        join("b", "bob", showing(secret));
        join("b", "bob", Ticket.NONE);
        house.ask("b", new RoomCommand.Leave());
        house.loop.advance(HOUR.toMillis());
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b2", "bob", Ticket.NONE));
        join("b2", "bob", showing(secret));
    }

    @Test
    void makerComesBackByItsOwnInvitationOrItsToken() {
        String secret = join("a", "ada", Ticket.NONE).invitation().secret();
        join("b", "bob", showing(invite("a", HOUR, 1)));
        house.ask("a", new RoomCommand.Leave());
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("c", "cem", showing(secret)));
        assertEquals(secret, join("a2", "ada", showing(secret)).invitation().secret());
        house.ask("a2", new RoomCommand.Leave());
        join("a3", "ada", new Ticket(true, false, null));
        assertNotNull(invite("a3", HOUR, 1));
    }

    @Test
    void invitationExpires() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", Duration.ofSeconds(10), 1);
        house.loop.advance(10_000);
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", showing(secret)));
    }

    @Test
    void invitationIsRevoked() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", HOUR, 2);
        join("b", "bob", showing(secret));
        house.ask("a", new RoomCommand.RevokeInvitation(secret));
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("c", "cem", showing(secret)));
        house.ask("b", new RoomCommand.GetProducers());
        house.ask("b", new RoomCommand.Leave());
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", showing(secret)));
    }

    @Test
    void whoIsThrownOutDoesNotComeBackByWhatLetItIn() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", HOUR, 1);
        join("b", "bob", showing(secret));
        house.ask("a", new RoomCommand.Moderate("b", new Moderation.Kick(null)));
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("b", "bob", showing(secret)));
    }

    @Test
    void invitationIsForItsRoomOnly() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", HOUR, 5);
        house.join("other", PRIVATE, "x", as("xia", Dialect.CALL, Ticket.NONE));
        try {
            house.join("other", PRIVATE, "y", as("yan", Dialect.CALL, showing(secret)));
        } catch (RoomException refusal) {
            assertEquals(RoomErrorCode.INVITATION_NEEDED, refusal.code());
            return;
        }
        throw new AssertionError("an invitation to another room let somebody in");
    }

    @Test
    void tokenOfThisRoomNeedsNoInvitation() {
        join("a", "ada", Ticket.NONE);
        join("b", "bob", new Ticket(true, true, null));
    }

    @Test
    void seatThatTheApiKeepsNeedsNoInvitation() {
        join("a", "ada", Ticket.NONE);
        CompletableFuture<RoomReply.Joined> kept = new CompletableFuture<>();
        house.rooms.ask(House.ROOM, "kept", as("bob", Dialect.API, Ticket.NONE), kept);
        house.settled(kept);
        join("b", "bob", Ticket.NONE);
    }

    @Test
    void guestsDoNotInvite() {
        join("a", "ada", Ticket.NONE);
        join("b", "bob", showing(invite("a", HOUR, 1)));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("b", new RoomCommand.CreateInvitation(HOUR, 1)));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("b", new RoomCommand.RevokeInvitation("x")));
    }

    @Test
    void otherRoomsHaveNoInvitations() {
        house.join("a", House.mesh("ada"));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("a", new RoomCommand.CreateInvitation(HOUR, 1)));
    }

    @Test
    void serverItselfInvites() {
        house.settled(house.rooms.create(House.ROOM, PRIVATE).toCompletableFuture());
        CompletableFuture<RoomReply.Invited> reply = new CompletableFuture<>();
        house.rooms.administer(House.ROOM, new RoomCommand.CreateInvitation(HOUR, 1), reply);
        String secret = house.settled(reply).invitation().secret();
        assertEquals(RoomErrorCode.INVITATION_NEEDED, refused("a", "ada", Ticket.NONE));
        join("a", "ada", showing(secret));
    }

    @Test
    void hasFourSeatsUnlessItAsksForMoreAndIsNeverListed() {
        RoomSpec listed = new RoomSpec(RoomType.PRIVATE, null, true, false, true, null, Map.of());
        RoomReply.Joined joined = house.join(House.ROOM, listed, "a", as("ada", Dialect.CALL, Ticket.NONE));
        assertEquals(4, joined.room().maxParticipants());
        assertFalse(house.rooms.summaries().iterator().next().listed());

        RoomSpec many = new RoomSpec(RoomType.PRIVATE, 100, false, false, true, null, Map.of());
        assertEquals(
                16,
                house.join("many", many, "b", as("b", Dialect.CALL, Ticket.NONE))
                        .room()
                        .maxParticipants());
    }

    @Test
    void staysAMeshWithAllItsSeatsTaken() {
        join("a", "ada", Ticket.NONE);
        String secret = invite("a", HOUR, 3);
        for (String id : List.of("b", "c")) {
            join(id, id, showing(secret));
        }
        RoomReply.Joined last = join("d", "d", showing(secret));
        assertEquals(TopologyMode.P2P, last.topology().mode());
        assertEquals(RoomErrorCode.ROOM_FULL, refused("e", "ada", new Ticket(true, false, null)));
    }

    @Test
    void ofAProtocolWithoutInvitationsIsOpenWhereThereAreNoTokens() {
        house.join(House.ROOM, PRIVATE, "a", as("ada", Dialect.MEDIASOUP, Ticket.NONE));
        house.join(House.ROOM, PRIVATE, "b", as("bob", Dialect.MEDIASOUP, Ticket.NONE));

        House strict = new House();
        strict.join(House.ROOM, PRIVATE, "a", as("ada", Dialect.MEDIASOUP, new Ticket(true, false, null)));
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        strict.rooms.join(House.ROOM, PRIVATE, "b", as("bob", Dialect.MEDIASOUP, Ticket.NONE), reply);
        try {
            strict.settled(reply);
        } catch (RoomException refusal) {
            assertEquals(RoomErrorCode.INVITATION_NEEDED, refusal.code());
            return;
        }
        throw new AssertionError("a room made by a token was open to all");
    }
}
