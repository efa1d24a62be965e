package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.room.MeshSupport.Offers;
import dev.foyer.room.RoomEvent.Negotiated;
import dev.foyer.room.RoomEvent.PeerJoined;
import dev.foyer.room.RoomEvent.PeerLeft;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a client that offers to whomever it hears of is told of whom, in a room on the SFU. */
class IntroductionsTest {
    private static final RoomSpec SFU_ONLY = new RoomSpec(RoomType.MANSION, null, false, true, true, null, Map.of());
    private static final String[] SENDS = {"audio sendrecv", "video sendrecv"};
    private static final String[] NOTHING = {};

    private final House house = new House();

    /** A client of the {@code signaling} dialect. */
    private void everybody() {
        house.join(
                House.ROOM,
                SFU_ONLY,
                "a",
                new RoomCommand.Join(
                        Dialect.SIGNALING,
                        "user-a",
                        ParticipantRole.PARTICIPANT,
                        null,
                        null,
                        null,
                        new MeshSupport.Plain(Offers.EVERYBODY, false),
                        null,
                        EnumSet.allOf(Permission.class)));
    }

    private void peers(int count) {
        for (int i = 1; i <= count; i++) {
            house.join(House.ROOM, SFU_ONLY, "m" + i, House.plain("user-m" + i));
        }
        // The SFU is reached: the room is settled.
        house.connectedTransport("m1", TransportDirection.RECV);
    }

    private void publish(String peer) {
        house.produce(peer, house.connectedTransport(peer, TransportDirection.SEND), false);
    }

    private void say(String to, PeerSignal signal) {
        house.ask("a", new RoomCommand.Negotiate(new Target.Peer(to), signal));
    }

    private void offer(String to, String... sections) {
        say(to, new PeerSignal.Offer(FakeSdp.of("with-" + to, sections).text(), null));
    }

    private void answer(String to, String... sections) {
        say(to, new PeerSignal.Answer(FakeSdp.of("with-" + to, sections).text(), null));
    }

    private List<String> heard() {
        return house.hears("a").stream()
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

    @Test
    void fourAtATime() {
        everybody();
        peers(7);
        assertEquals(List.of("joined m1", "joined m2", "joined m3", "joined m4"), heard());
        house.loop.advance(2_999);
        assertEquals(List.of(), heard());
        offer("m2", SENDS);
        assertEquals(List.of("joined m5", "answer m2"), heard());
        house.loop.advance(1);
        // Three never offered: the server does, two at a time, and news goes on.
        assertEquals(
                List.of("joined m6", "joined m7"),
                heard().stream().filter(text -> text.startsWith("joined")).toList());
    }

    @Test
    void notWhileTheServersOwnOfferIsUnanswered() {
        peers(1);
        publish("m1");
        everybody();
        house.loop.advance(500);
        assertEquals(List.of("offer m1"), heard());
        house.loop.advance(4_999);
        assertEquals(List.of(), heard());
        answer("m1", SENDS);
        assertEquals(List.of("joined m1"), heard());
    }

    @Test
    void whoNeverAnswersHearsOfThePeerInTheEnd() {
        peers(1);
        publish("m1");
        everybody();
        house.loop.advance(5_499);
        assertEquals(List.of("offer m1"), heard());
        house.loop.advance(1);
        assertEquals(List.of("left m1", "joined m1"), heard());
    }

    @Test
    void nothingIsOfferedBetweenTheNewsAndTheClientsOwnOffer() {
        peers(1);
        publish("m1");
        everybody();
        house.loop.advance(500);
        answer("m1", SENDS);
        assertEquals(List.of("offer m1", "joined m1"), heard());
        for (int i = 0; i < 3; i++) {
            publish("m1");
        }
        house.loop.advance(2_000);
        assertEquals(List.of(), heard(), "its own offer comes any moment");
        offer("m1", SENDS);
        assertEquals(List.of("answer m1", "offer m1"), heard(), "now there is room for what is missing");
    }

    @Test
    void anOfferIsMadeToAClientThatKeepsItsOwnBack() {
        peers(1);
        publish("m1");
        everybody();
        house.loop.advance(500);
        answer("m1", SENDS);
        for (int i = 0; i < 3; i++) {
            publish("m1");
        }
        heard();
        house.loop.advance(2_999);
        assertEquals(List.of(), heard());
        house.loop.advance(1);
        assertEquals(List.of("offer m1"), heard());
    }

    @Test
    void clientWithoutTracksAndTransceiversIsAnsweredAndThenOfferedWhatThereIs() {
        everybody();
        peers(1);
        publish("m1");
        assertEquals(List.of("joined m1"), heard());
        offer("m1", NOTHING);
        assertEquals(List.of("answer m1", "offer m1"), heard());
        answer("m1", SENDS);
        assertEquals(
                2,
                house.plane
                        .session()
                        .connections
                        .values()
                        .iterator()
                        .next()
                        .receiving()
                        .size());
    }

    @Test
    void connectionWithoutASectionIsNotExpectedToComeUp() {
        everybody();
        peers(1);
        house.join(
                House.ROOM,
                SFU_ONLY,
                "viewer",
                new RoomCommand.Join(
                        Dialect.CALL,
                        "user-viewer",
                        ParticipantRole.VIEWER,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        FakeMediaPlane.capabilities(),
                        EnumSet.of(Permission.SUBSCRIBE)));
        offer("m1", SENDS);
        house.plane.session().connectsAtOnce = false;
        heard();
        offer("viewer", NOTHING);
        assertEquals(List.of("answer viewer"), heard());
        house.loop.advance(60_000);
        assertEquals(List.of(), heard());
    }
}
