package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.MeshSupport.Offers;
import dev.foyer.room.RoomEvent.Negotiated;
import dev.foyer.room.RoomEvent.NewProducer;
import dev.foyer.room.RoomEvent.PeerJoined;
import dev.foyer.room.RoomEvent.PeerLeft;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What plain clients are told of each other, and when: one rule a test. */
class PlainClientsTest {
    private static final String SENDS = "audio sendrecv";

    private final House house = new House();

    private static RoomCommand.Join plain(Dialect dialect, Offers offers, boolean connectionPerOffer) {
        return new RoomCommand.Join(
                dialect,
                "user",
                ParticipantRole.PARTICIPANT,
                null,
                null,
                null,
                new MeshSupport.Plain(offers, connectionPerOffer),
                null,
                EnumSet.allOf(Permission.class));
    }

    private RoomReply.Joined everybody(String id) {
        return house.join(id, plain(Dialect.SIGNALING, Offers.EVERYBODY, false));
    }

    private RoomReply.Joined convention(String id) {
        return house.join(id, plain(Dialect.WEBRTC, Offers.BY_CONVENTION, false));
    }

    private void say(String from, String to, PeerSignal signal) {
        house.ask(from, new RoomCommand.Negotiate(new Target.Peer(to), signal));
    }

    private void offer(String from, String to, String session, String... sections) {
        say(from, to, new PeerSignal.Offer(FakeSdp.of(session, sections).text(), Map.of("x", 1)));
    }

    private void answer(String from, String to, String session, String... sections) {
        say(from, to, new PeerSignal.Answer(FakeSdp.of(session, sections).text(), null));
    }

    private void candidate(String from, String to, String ufrag) {
        say(from, to, new PeerSignal.Candidate(ufrag, Map.of("candidate", "candidate:1 typ host ufrag " + ufrag)));
    }

    private List<String> heard(String id) {
        return house.hears(id).stream()
                .map(event -> switch (event) {
                    case PeerJoined joined -> "joined " + joined.peer().peerId();
                    case PeerLeft left -> "left " + left.peer().peerId();
                    case Negotiated negotiated ->
                        SignalKind.of(negotiated.signal()) + " "
                                + negotiated.from().peerId();
                    default -> "";
                })
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private RoomErrorCode negotiationRefusal(String from, Target to, String sdp) {
        return house.refusal(from, new RoomCommand.Negotiate(to, new PeerSignal.Offer(sdp, null)));
    }

    private long count(SignalKind kind, SignalOutcome outcome) {
        return house.rooms.counters().signals(Dialect.SIGNALING, kind, outcome);
    }

    @Test
    void newcomerHearsOfThoseThereWhenItHasAnswered() {
        everybody("a");
        RoomReply.Joined joined = everybody("b");
        assertEquals(List.of(), joined.peers());
        assertEquals(TopologyMode.P2P, joined.topology().mode());
        assertEquals(List.of("joined b"), heard("a"));
        offer("a", "b", "1", SENDS);
        assertEquals(List.of("offer a"), heard("b"));
        answer("b", "a", "2", SENDS);
        assertEquals(List.of("joined a"), heard("b"));
        assertEquals(List.of("answer b"), heard("a"));
        house.loop.advance(60_000);
        assertEquals(List.of(), heard("b"));
        assertEquals(1, count(SignalKind.OFFER, SignalOutcome.RELAYED));
    }

    @Test
    void everybodyHearsOfDeparturesBeforeTheRoomCloses() {
        convention("a");
        convention("b");
        house.forgetHeard();
        house.settled(house.rooms.close(House.ROOM, "over").toCompletableFuture());
        List<RoomEvent> heard = house.hears("a");
        assertEquals("b", ((PeerLeft) heard.get(0)).peer().peerId());
        assertEquals(List.of(new RoomEvent.RoomClosed("over")), heard.subList(1, heard.size()));
    }

    @Test
    void candidatesForWhoJustLeftAreDroppedInSilence() {
        convention("a");
        convention("b");
        house.ask("b", new RoomCommand.Leave());
        candidate("a", "b", "u");
        assertEquals(
                RoomErrorCode.PARTICIPANT_NOT_FOUND,
                negotiationRefusal(
                        "a", new Target.Peer("b"), FakeSdp.of("1", SENDS).text()));
        assertEquals(
                RoomErrorCode.PARTICIPANT_NOT_FOUND,
                house.refusal(
                        "a",
                        new RoomCommand.Negotiate(new Target.Peer("c"), new PeerSignal.Candidate(null, Map.of()))));
    }

    @Test
    void newcomerHearsAfterThreeSecondsOfThoseWhoDoNotOffer() {
        everybody("a");
        everybody("b");
        house.loop.advance(2_999);
        assertEquals(List.of(), heard("b"));
        house.loop.advance(1);
        assertEquals(List.of("joined a"), heard("b"));
    }

    @Test
    void applicationsHearOfEachOtherAtOnce() {
        convention("a");
        assertEquals(1, convention("b").peers().size());
        assertEquals(List.of("joined b"), heard("a"));
    }

    @Test
    void messageGoesOnAsItCame() {
        convention("a");
        convention("b");
        offer("b", "a", "1", SENDS);
        Negotiated negotiated = house.hears("a", Negotiated.class).getFirst();
        assertEquals(Map.of("x", 1), negotiated.signal().message());
        assertEquals("b", negotiated.from().peerId());
    }

    @Test
    void heldSidesOwnOfferIsARenegotiation() {
        everybody("a");
        everybody("b");
        offer("a", "b", "1", SENDS);
        answer("b", "a", "2", SENDS);
        house.forgetHeard();
        offer("b", "a", "2", SENDS);
        assertEquals(List.of("offer b"), heard("a"));
    }

    @Test
    void offerThatCrossesIsDroppedAndThePairBegunAnew() {
        everybody("a");
        everybody("b");
        offer("a", "b", "1", SENDS);
        house.forgetHeard();
        offer("b", "a", "2", SENDS);
        assertEquals(List.of(), heard("a"));
        assertEquals(1, count(SignalKind.OFFER, SignalOutcome.DROPPED));
        house.loop.advance(3_000);
        assertEquals(List.of("left b", "joined b"), heard("a"));
        assertEquals("left a", heard("b").getLast());
        offer("b", "a", "2", SENDS);
        assertEquals(List.of(), heard("a"), "from a connection that it was told to close");
    }

    @Test
    void crossingOfferOfAnApplicationGoesOnWhenTheFirstIsIgnored() {
        convention("a");
        convention("b");
        house.forgetHeard();
        offer("a", "b", "1", SENDS);
        offer("b", "a", "2", SENDS);
        assertEquals(List.of(), heard("a"));
        house.loop.advance(1_000);
        assertEquals(List.of("offer b"), heard("a"));
        answer("a", "b", "1", SENDS);
        assertEquals(List.of("offer a", "answer a"), heard("b"));
    }

    @Test
    void candidatesWaitForBothDescriptions() {
        convention("a");
        convention("b");
        house.forgetHeard();
        candidate("a", "b", "u1");
        offer("a", "b", "1", SENDS);
        candidate("a", "b", "u1");
        candidate("b", "a", "u2");
        assertEquals(List.of("offer a"), heard("b"));
        assertEquals(List.of(), heard("a"));
        answer("b", "a", "2", SENDS);
        assertEquals(List.of("answer b", "candidate b"), heard("a"));
        assertEquals(List.of("candidate a", "candidate a"), heard("b"));
        candidate("a", "b", "u1");
        assertEquals(List.of("candidate a"), heard("b"));
        candidate("a", "b", "restarted");
        assertEquals(List.of(), heard("b"), "belongs to an offer that is still to come");
    }

    @Test
    void heldCandidatesAreBounded() {
        everybody("a");
        everybody("b");
        for (int i = 0; i < 70; i++) {
            candidate("a", "b", "u1");
        }
        assertEquals(6, count(SignalKind.CANDIDATE, SignalOutcome.DROPPED));
    }

    @Test
    void answerWithoutMediaBeginsAnewAfterOneThreeAndEightSeconds() {
        everybody("a");
        everybody("b");
        long answeredAt = 0;
        for (int seconds : new int[] {1, 3, 8}) {
            offer("a", "b", "1" + seconds, SENDS);
            answer("b", "a", "2" + seconds, "audio recvonly");
            house.forgetHeard();
            house.loop.advance(seconds * 1000L - answeredAt - 1);
            assertEquals(List.of(), heard("a"));
            house.loop.advance(1);
            answeredAt = seconds * 1000L;
            assertEquals(List.of("left b", "joined b"), heard("a"));
            assertEquals(List.of("left a"), heard("b"));
        }
        offer("a", "b", "5", SENDS);
        answer("b", "a", "6", "audio recvonly");
        house.forgetHeard();
        house.loop.advance(60_000);
        assertEquals(List.of(), heard("a"));
    }

    @Test
    void leaverWhoWasHeldIsTakenBackFromWhomItOfferedTo() {
        everybody("a");
        everybody("b");
        everybody("c");
        offer("a", "c", "1", SENDS);
        house.forgetHeard();
        house.ask("a", new RoomCommand.Leave());
        house.ask("b", new RoomCommand.Leave());
        assertEquals(List.of("left a"), heard("c"));
    }

    @Test
    void onlyPlainClientsNegotiateAndOnlyWithWhomIsThere() {
        everybody("a");
        house.join("m");
        assertEquals(RoomErrorCode.INVALID_MESSAGE, negotiationRefusal("m", new Target.Peer("a"), "v=0"));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, negotiationRefusal("a", new Target.Peer("z"), "v=0"));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, negotiationRefusal("a", new Target.User("z"), "v=0"));
        assertEquals(RoomErrorCode.NOT_IN_ROOM, negotiationRefusal("q", new Target.Peer("a"), "v=0"));
        assertEquals(1, house.rooms.counters().crossRoomRefusals());
    }

    @Test
    void userMeansItsLatestParticipant() {
        convention("a");
        house.join("b", plain(Dialect.WEBRTC, Offers.BY_CONVENTION, false));
        house.join("c", plain(Dialect.WEBRTC, Offers.BY_CONVENTION, false));
        house.forgetHeard();
        house.ask(
                "a",
                new RoomCommand.Negotiate(
                        new Target.User("user"),
                        new PeerSignal.Offer(FakeSdp.of("1", SENDS).text(), null)));
        assertEquals(List.of("offer a"), heard("c"));
        assertEquals(List.of(), heard("b"));
    }

    @Test
    void serverAnswersForAPeerOfAnotherDialect() {
        house.join("m");
        everybody("a");
        offer("a", "m", "1", SENDS);
        assertTrue(heard("a").contains("answer m"));
        assertEquals(1, house.hears("m", NewProducer.class).size());
        assertEquals(1, count(SignalKind.OFFER, SignalOutcome.SERVED));
    }

    @Test
    void offerThatCannotBeAnsweredIsRefused() {
        house.join("m");
        everybody("a");
        assertEquals(RoomErrorCode.INVALID_MESSAGE, negotiationRefusal("a", new Target.Peer("m"), "hello"));
    }

    @Test
    void serverOffersToANewcomerInThePlaceOfTheOthers() {
        house.join("m");
        everybody("a");
        house.loop.advance(499);
        assertEquals(List.of(), heard("a"));
        house.loop.advance(1);
        assertEquals(List.of("offer m"), heard("a"));
        answer("a", "m", "1", "audio sendrecv", "video sendrecv");
        assertEquals(List.of("joined m"), heard("a"));
        assertEquals(2, house.hears("m", NewProducer.class).size());
    }

    @Test
    void applicationHasASecondToOffer() {
        house.join("m");
        convention("a");
        house.loop.advance(999);
        assertEquals(List.of(), heard("a"));
        house.loop.advance(1);
        assertEquals(List.of("offer m"), heard("a"));
    }

    @Test
    void clientThatCrossesTheServersOfferAndDoesNotAnswerIsAnswered() {
        house.join("m");
        convention("a");
        house.loop.advance(1_000);
        house.forgetHeard();
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        house.rooms.ask(
                House.ROOM,
                "a",
                new RoomCommand.Negotiate(
                        new Target.Peer("m"),
                        new PeerSignal.Offer(FakeSdp.of("1", SENDS).text(), null)),
                reply);
        house.loop.advance(999);
        assertEquals(List.of(), heard("a"));
        assertFalse(reply.isDone());
        house.loop.advance(1);
        assertEquals(List.of("answer m"), heard("a").subList(0, 1));
        assertTrue(reply.isDone());
    }

    @Test
    void uplinkMovesToAnotherConnectionWhenItsPeerLeaves() {
        house.join("m", House.plain("m"));
        house.join("n", House.plain("n"));
        convention("a");
        offer("a", "m", "1", "audio sendrecv", "video sendrecv");
        offer("a", "n", "2", "audio sendrecv", "video sendrecv");
        assertEquals(2, house.hears("n", NewProducer.class).size());
        house.forgetHeard();
        house.ask("m", new RoomCommand.Leave());
        house.loop.run();
        List<String> told = heard("a");
        assertTrue(told.contains("left m"));
        assertEquals("offer n", told.getLast());
        answer("a", "n", "2", "audio sendrecv", "video sendrecv");
        assertEquals(2, house.hears("n", NewProducer.class).size());
    }

    @Test
    void returnOfOneWhoWasAwayBeginsItsConnectionsAnew() {
        everybody("a");
        everybody("b");
        offer("a", "b", "1", SENDS);
        answer("b", "a", "2", SENDS);
        house.forgetHeard();
        house.ask("a", new RoomCommand.Suspend());
        house.loop.advance(5_000);
        assertEquals(List.of("left a"), heard("b"));
        house.ask("a", new RoomCommand.Return());
        assertEquals(List.of("joined a"), heard("b"));
        assertEquals(List.of("left b"), heard("a"));
        house.loop.advance(3_000);
        assertEquals(List.of("joined b"), heard("a"));
    }
}
