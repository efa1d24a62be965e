package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One stage, many viewers, and a clock that all of them share. */
class CinemaTest {
    private static final RoomSpec CINEMA = RoomSpec.of(RoomType.CINEMA);
    private static final String FILM = "https://films.example/a.mp4";

    private final House house = new House();

    private static RoomCommand.Join as(ParticipantRole role, String userId, Dialect dialect) {
        return new RoomCommand.Join(
                dialect,
                userId,
                role,
                null,
                null,
                null,
                new MeshSupport.None(),
                FakeMediaPlane.capabilities(),
                role == ParticipantRole.VIEWER ? EnumSet.of(Permission.SUBSCRIBE) : PermissionTable.of(role));
    }

    private RoomReply.Joined join(String id, ParticipantRole role) {
        return house.join(House.ROOM, CINEMA, id, as(role, "user-" + id, Dialect.CALL));
    }

    @BeforeEach
    void open() {
        join("h", ParticipantRole.HOST);
        join("v", ParticipantRole.VIEWER);
        house.forgetHeard();
    }

    private static RoomCommand.SetPlayback play(double position) {
        return new RoomCommand.SetPlayback(FILM, position, true, 1);
    }

    private Playback shown(double position) {
        return new Playback(FILM, position, true, 1, house.loop.nowMillis());
    }

    private ParticipantRole role(String id) {
        return house.settled(house.rooms.report(House.ROOM).toCompletableFuture()).participants().stream()
                .map(RoomReport.Seated::peer)
                .filter(peer -> peer.peerId().equals(id))
                .findFirst()
                .orElseThrow()
                .role();
    }

    @Test
    void everybodyIsToldWhatTheHostSets() {
        house.ask("h", play(1.5));
        for (String id : List.of("h", "v")) {
            assertEquals(
                    List.of(new RoomEvent.PlaybackChanged(shown(1.5))),
                    house.hears(id, RoomEvent.PlaybackChanged.class));
        }
    }

    @Test
    void onlyHostsSetIt() {
        join("s", ParticipantRole.PARTICIPANT);
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", play(0)));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("s", play(0)));
    }

    @Test
    void whatNoPlayerShouldLoadIsToldNobody() {
        assertEquals(
                RoomErrorCode.INVALID_MESSAGE,
                house.refusal("h", new RoomCommand.SetPlayback("file:///a", 0, true, 1)));
        assertEquals(List.of(), house.hears("v", RoomEvent.PlaybackChanged.class));
    }

    @Test
    void lateComersFindItWhereItIsByThen() {
        assertNull(join("early", ParticipantRole.VIEWER).playback());
        house.ask("h", play(100));
        house.loop.advance(90_500);
        assertEquals(shown(190.5), join("late", ParticipantRole.VIEWER).playback());
        house.ask("h", new RoomCommand.SetPlayback(FILM, 200, false, 1));
        house.loop.advance(90_500);
        assertEquals(200, join("later", ParticipantRole.VIEWER).playback().position());
    }

    @Test
    void clockGoesOnWithoutItsHost() {
        join("s", ParticipantRole.VIEWER);
        house.ask("h", play(0));
        house.ask("h", new RoomCommand.Leave());
        house.loop.advance(3_000);
        assertEquals(3, join("late", ParticipantRole.VIEWER).playback().position());
    }

    @Test
    void driftIsAnsweredWithTheCorrection() {
        house.ask("h", play(10));
        house.loop.advance(4_000);
        assertEquals(new RoomReply.Corrected(shown(14), -0.5), house.ask("v", new RoomCommand.ReportDrift(13.5)));
        assertEquals(new RoomReply.Corrected(shown(14), 1.0), house.ask("v", new RoomCommand.ReportDrift(15)));
    }

    @Test
    void driftFromNothingIsNone() {
        assertEquals(new RoomReply.Corrected(null, null), house.ask("v", new RoomCommand.ReportDrift(1)));
    }

    @Test
    void driftReportsAreLimitedEach() {
        for (int i = 0; i < 5; i++) {
            house.ask("v", new RoomCommand.ReportDrift(1));
        }
        assertEquals(RoomErrorCode.RATE_LIMITED, house.refusal("v", new RoomCommand.ReportDrift(1)));
        house.ask("h", new RoomCommand.ReportDrift(1));
        house.loop.advance(1_000);
        house.ask("v", new RoomCommand.ReportDrift(1));
        assertEquals(RoomErrorCode.RATE_LIMITED, house.refusal("v", new RoomCommand.ReportDrift(1)));
    }

    @Test
    void changesAreLimitedForAllHostsTogether() {
        join("h2", ParticipantRole.HOST);
        for (int i = 0; i < 20; i++) {
            house.ask(i % 2 == 0 ? "h" : "h2", play(i));
        }
        assertEquals(RoomErrorCode.RATE_LIMITED, house.refusal("h", play(20)));
        assertEquals(RoomErrorCode.RATE_LIMITED, house.refusal("h2", play(20)));
        house.loop.advance(250);
        house.ask("h2", play(21));
    }

    @Test
    void otherRoomsHaveNeitherClockNorStage() {
        RoomSpec mansion = RoomSpec.of(RoomType.MANSION);
        house.ask("v", new RoomCommand.Leave());
        house.ask("h", new RoomCommand.Leave());
        house.join(House.ROOM, mansion, "h", as(ParticipantRole.HOST, "h", Dialect.CALL));
        house.join(House.ROOM, mansion, "v", as(ParticipantRole.VIEWER, "v", Dialect.CALL));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("h", play(0)));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("h", new RoomCommand.ReportDrift(0)));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("h", new RoomCommand.InviteOnStage("v")));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", new RoomCommand.StandOnStage(true)));
    }

    @Test
    void isAnSfuFromTheThirdOn() {
        House other = new House();
        for (String id : List.of("a", "b")) {
            assertEquals(
                    TopologyMode.P2P,
                    other.join(House.ROOM, CINEMA, id, House.mesh(id))
                            .topology()
                            .mode());
        }
        assertEquals(
                TopologyMode.SFU,
                other.join(House.ROOM, CINEMA, "c", House.mesh("c")).topology().mode());
    }

    @Test
    void viewersDoNotPublishWhateverTheirTokenGrants() {
        RoomCommand.Join granted = as(ParticipantRole.VIEWER, "w", Dialect.CALL).with(EnumSet.allOf(Permission.class));
        house.join(House.ROOM, CINEMA, "w", granted.with(EnumSet.of(Permission.PUBLISH, Permission.SUBSCRIBE)));
        String transport = house.transport("w", TransportDirection.SEND);
        assertEquals(RoomErrorCode.FORBIDDEN, refusedToProduce("w", transport));
    }

    private RoomErrorCode refusedToProduce(String id, String transport) {
        try {
            house.produce(id, transport, false);
        } catch (RoomException refusal) {
            return refusal.code();
        }
        throw new AssertionError(id + " produces");
    }

    @Test
    void whoIsInvitedAndAcceptsMayPublish() {
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        assertEquals(
                List.of(new RoomEvent.StageInvitation("h", "user-h", house.loop.nowMillis() + 60_000)),
                house.hears("v", RoomEvent.StageInvitation.class));
        assertEquals(ParticipantRole.VIEWER, role("v"));

        house.ask("v", new RoomCommand.StandOnStage(true));
        assertEquals(ParticipantRole.PARTICIPANT, role("v"));
        for (String id : List.of("h", "v")) {
            assertEquals(
                    ParticipantRole.PARTICIPANT,
                    house.hears(id, RoomEvent.RoleChanged.class)
                            .getFirst()
                            .peer()
                            .role());
        }
        assertNotNull(house.produce("v", house.transport("v", TransportDirection.SEND), false));
    }

    @Test
    void whoLeavesTheStageSendsNoMore() {
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        house.ask("v", new RoomCommand.StandOnStage(true));
        String transport = house.transport("v", TransportDirection.SEND);
        String producer = house.produce("v", transport, false);
        house.forgetHeard();

        house.ask("v", new RoomCommand.StandOnStage(false));
        assertEquals(ParticipantRole.VIEWER, role("v"));
        assertTrue(house.hears("h").contains(new RoomEvent.ProducerClosed(producer, "v")));
        assertEquals(RoomErrorCode.FORBIDDEN, refusedToProduce("v", transport));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", new RoomCommand.StandOnStage(true)));
    }

    @Test
    void nobodyEntersTheStageUninvited() {
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", new RoomCommand.StandOnStage(true)));
    }

    @Test
    void invitationOnStageExpires() {
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        house.loop.advance(TimeUnit.MINUTES.toMillis(1));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", new RoomCommand.StandOnStage(true)));
    }

    @Test
    void invitationOnStageIsForWhoGotIt() {
        join("w", ParticipantRole.VIEWER);
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("w", new RoomCommand.StandOnStage(true)));
        house.ask("v", new RoomCommand.Leave());
        join("v", ParticipantRole.VIEWER);
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", new RoomCommand.StandOnStage(true)));
    }

    @Test
    void hostHearsOfARefusal() {
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        house.ask("v", new RoomCommand.StandOnStage(false));
        assertEquals(
                List.of(new RoomEvent.StageDeclined("v", "user-v")), house.hears("h", RoomEvent.StageDeclined.class));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("v", new RoomCommand.StandOnStage(true)));
    }

    @Test
    void repeatedInvitationIsNotRepeatedToTheViewer() {
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        house.ask("h", new RoomCommand.InviteOnStage("v"));
        assertEquals(1, house.hears("v", RoomEvent.StageInvitation.class).size());
    }

    @Test
    void onlyModeratorsInvite() {
        join("s", ParticipantRole.PARTICIPANT);
        for (String id : List.of("s", "v")) {
            assertEquals(RoomErrorCode.FORBIDDEN, house.refusal(id, new RoomCommand.InviteOnStage("v")));
        }
    }

    @Test
    void onlyWhoKnowsOfStagesIsInvited() {
        house.join(House.ROOM, CINEMA, "g", as(ParticipantRole.VIEWER, "g", Dialect.MEDIASOUP));
        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("h", new RoomCommand.InviteOnStage("g")));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, house.refusal("h", new RoomCommand.InviteOnStage("x")));
    }

    @Test
    void fullStageTakesNobodyUntilThereIsPlace() {
        House small = new House();
        RoomSpec one = CINEMA.withRules(new RoomRules(false, new RoleLimits(1, 1, Integer.MAX_VALUE), null));
        small.join(House.ROOM, one, "h", as(ParticipantRole.HOST, "h", Dialect.CALL));
        small.join(House.ROOM, one, "s", as(ParticipantRole.PARTICIPANT, "s", Dialect.CALL));
        small.join(House.ROOM, one, "v", as(ParticipantRole.VIEWER, "v", Dialect.CALL));
        small.ask("h", new RoomCommand.InviteOnStage("v"));
        assertEquals(RoomErrorCode.ROOM_FULL, small.refusal("v", new RoomCommand.StandOnStage(true)));
        small.ask("s", new RoomCommand.StandOnStage(false));
        small.ask("v", new RoomCommand.StandOnStage(true));
    }

    @Test
    void serverItselfMaySetTheFilm() {
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        house.rooms.administer(House.ROOM, play(5), reply);
        house.settled(reply);
        assertEquals(
                List.of(new RoomEvent.PlaybackChanged(shown(5))), house.hears("v", RoomEvent.PlaybackChanged.class));
    }
}
