package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.room.MeshSupport.Offers;
import dev.foyer.room.RoomEvent.Negotiated;
import dev.foyer.room.RoomEvent.PeerJoined;
import dev.foyer.room.RoomEvent.PeerLeft;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections that the server ends in a peer's place: which there are, and what becomes of those that are lost. */
class ServedLinkTest {
    private static final RoomSpec SFU_ONLY = new RoomSpec(RoomType.MANSION, null, false, true, true, null, Map.of());
    private static final List<String> REPLAYED = List.of("left m", "joined m");

    private final House house = new House();
    private int connections;

    private void join(String id, Offers offers, ParticipantRole role, Set<Permission> permissions) {
        house.join(
                House.ROOM,
                SFU_ONLY,
                id,
                new RoomCommand.Join(
                        offers == Offers.EVERYBODY ? Dialect.SIGNALING : Dialect.WEBRTC,
                        "user-" + id,
                        role,
                        null,
                        null,
                        null,
                        new MeshSupport.Plain(offers, false),
                        null,
                        permissions));
    }

    private void application(String id) {
        join(id, Offers.BY_CONVENTION, ParticipantRole.PARTICIPANT, EnumSet.allOf(Permission.class));
    }

    private void viewer(String id, Offers offers) {
        join(id, offers, ParticipantRole.VIEWER, Set.of(Permission.SUBSCRIBE));
    }

    private void peer(String id) {
        house.join(House.ROOM, SFU_ONLY, id, House.plain("user-" + id));
    }

    /** The application {@code a} offers from another peer connection than before and is answered for {@code m}. */
    private String negotiate() {
        String offer = FakeSdp.of("a" + ++connections, "audio sendrecv", "video sendrecv")
                .text();
        house.ask("a", new RoomCommand.Negotiate(new Target.Peer("m"), new PeerSignal.Offer(offer, null)));
        house.forgetHeard();
        return List.copyOf(house.plane.session().connections.keySet()).getLast();
    }

    private void state(String connection, TransportState state) {
        house.plane.session().listener.transportState(connection, state);
        house.loop.run();
    }

    private void meetInARoomWhereClientsConnectLater() {
        peer("m");
        application("a");
        house.connectedTransport("m", TransportDirection.RECV);
        house.plane.session().connectsAtOnce = false;
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

    @Test
    void connectionLostForTenSecondsIsBegunAnew() {
        meetInARoomWhereClientsConnectLater();
        String connection = negotiate();
        state(connection, TransportState.CONNECTED);
        house.loop.advance(60_000);
        state(connection, TransportState.DISCONNECTED);
        house.loop.advance(5_000);
        state(connection, TransportState.DISCONNECTED);
        house.loop.advance(4_999);
        assertEquals(List.of(), heard("a"));
        house.loop.advance(1);
        assertEquals(REPLAYED, heard("a"));
        assertEquals(Set.of(), house.plane.session().connections.keySet());
    }

    @Test
    void connectionThatComesBackIsKept() {
        meetInARoomWhereClientsConnectLater();
        String connection = negotiate();
        state(connection, TransportState.CONNECTED);
        for (int i = 0; i < 3; i++) {
            state(connection, TransportState.DISCONNECTED);
            house.loop.advance(9_999);
            state(connection, TransportState.CONNECTED);
        }
        house.loop.advance(60_000);
        assertEquals(List.of(), heard("a"));
        assertEquals(Set.of(connection), house.plane.session().connections.keySet());
    }

    @Test
    void connectionThatDiesAtOnceIsBegunAnewThreeTimes() {
        meetInARoomWhereClientsConnectLater();
        for (int i = 0; i < 3; i++) {
            failAfter(10_000);
            assertEquals(REPLAYED, heard("a"));
        }
        failAfter(10_000);
        assertEquals(List.of(), heard("a"));
    }

    @Test
    void deathsAreCountedAnewAfterAConnectionThatStood() {
        meetInARoomWhereClientsConnectLater();
        for (int i = 0; i < 10; i++) {
            failAfter(10_001);
            assertEquals(REPLAYED, heard("a"));
        }
    }

    @Test
    void connectionsThatNeverComeUpAfterOneThatStoodAreCounted() {
        meetInARoomWhereClientsConnectLater();
        failAfter(10_001);
        assertEquals(REPLAYED, heard("a"));
        for (int i = 0; i < 2; i++) {
            negotiate();
            house.loop.advance(10_000);
            assertEquals(REPLAYED, heard("a"));
        }
        negotiate();
        house.loop.advance(60_000);
        assertEquals(List.of(), heard("a"));
    }

    @Test
    void timeForWhichAConnectionWasLostIsNoTimeThatItStood() {
        meetInARoomWhereClientsConnectLater();
        for (int i = 0; i < 4; i++) {
            String connection = negotiate();
            state(connection, TransportState.CONNECTED);
            house.loop.advance(1_000);
            state(connection, TransportState.DISCONNECTED);
            house.loop.advance(10_000);
            assertEquals(i < 3 ? REPLAYED : List.of(), heard("a"));
        }
    }

    private void failAfter(long millis) {
        String connection = negotiate();
        state(connection, TransportState.CONNECTED);
        house.loop.advance(millis);
        assertEquals(List.of(), heard("a"));
        state(connection, TransportState.FAILED);
    }

    @Test
    void viewersAreNotConnectedToEachOther() {
        peer("m");
        house.connectedTransport("m", TransportDirection.SEND);
        house.ask("m", new RoomCommand.Leave());
        for (Offers offers : Offers.values()) {
            viewer(offers + " one", offers);
            viewer(offers + " two", offers);
        }
        house.forgetHeard();
        house.loop.advance(60_000);
        for (FakeMediaPlane.Session session : house.plane.sessions) {
            assertEquals(Map.of(), session.connections);
            assertEquals(
                    List.of(),
                    session.calls.stream()
                            .filter(call -> call.startsWith("offer"))
                            .toList());
        }
        for (Offers offers : Offers.values()) {
            assertEquals(
                    List.of(),
                    heard(offers + " one").stream()
                            .filter(text -> !text.startsWith("joined"))
                            .toList());
        }
    }

    @Test
    void viewerIsConnectedToAPeerThatBeginsToPublish() {
        // One whose role is to watch is not expected to publish, though it may.
        house.join(
                House.ROOM,
                SFU_ONLY,
                "m",
                new RoomCommand.Join(
                        Dialect.CALL,
                        "user-m",
                        ParticipantRole.VIEWER,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        FakeMediaPlane.capabilities(),
                        EnumSet.allOf(Permission.class)));
        viewer("a", Offers.BY_CONVENTION);
        house.loop.advance(60_000);
        assertEquals(List.of(), heard("a"));
        house.produce("m", house.connectedTransport("m", TransportDirection.SEND), false);
        assertEquals(List.of("offer m"), heard("a"));
    }

    @Test
    void offerThatWasDueMeanwhileIsMadeOnAQuickReturn() {
        peer("m");
        application("a");
        house.ask("a", new RoomCommand.Suspend());
        house.loop.advance(4_000);
        assertEquals(List.of(), heard("a"));
        house.ask("a", new RoomCommand.Return());
        assertEquals(List.of("offer m"), heard("a"));
    }
}
