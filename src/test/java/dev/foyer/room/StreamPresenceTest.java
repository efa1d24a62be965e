package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Participants with one offer of their own and nothing else. */
class StreamPresenceTest {
    private final House house = new House();

    @BeforeEach
    void somebodyIsThere() {
        house.join("host", House.plain("host"));
    }

    @Test
    void takesTheSeatOfWhoNeverConnects() {
        house.join("guest", House.plain("guest"));
        house.plane.session().connectsAtOnce = false;
        publisher("p");
        house.forgetHeard();

        house.loop.advance(29_000);
        assertEquals(List.of(), house.hears("p", RoomEvent.Removed.class));

        house.loop.advance(1_000);
        assertEquals(1, house.hears("p", RoomEvent.Removed.class).size());
        assertEquals(1, house.hears("host", RoomEvent.PeerLeft.class).size());
        assertEquals(Map.of(), house.plane.session().connections);
    }

    @Test
    void keepsTheSeatOfWhoIsConnected() {
        connect(publisher("p"));
        house.loop.advance(3_600_000);

        assertEquals(List.of(), house.hears("p", RoomEvent.Removed.class));
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportState.class,
            names = {"FAILED", "CLOSED"})
    void takesTheSeatOfWhoseConnectionIsGone(TransportState state) {
        String connection = publisher("p");
        connect(connection);
        house.forgetHeard();

        house.plane.session().listener.transportState(connection, state);

        assertEquals(1, house.hears("p", RoomEvent.Removed.class).size());
        assertEquals(1, house.hears("host", RoomEvent.PeerLeft.class).size());
    }

    @Test
    void takesTheSeatsOfAllWhenTheSfuIsLost() {
        connect(publisher("p"));
        connect(watcher("w", "video recvonly", null));
        house.forgetHeard();

        house.plane.session().lose();

        assertEquals(1, house.hears("p", RoomEvent.Removed.class).size());
        assertEquals(1, house.hears("w", RoomEvent.Removed.class).size());
        assertEquals(RoomErrorCode.NOT_IN_ROOM, house.refusal("p", new RoomCommand.Publish("")));
    }

    @Test
    void leavesAloneWhoLeftBefore() {
        String connection = publisher("p");
        connect(connection);
        house.ask("p", new RoomCommand.Leave());
        house.join("p", House.plain("p"));
        house.forgetHeard();

        house.plane.session().listener.transportState(connection, TransportState.CLOSED);
        house.loop.advance(60_000);

        assertEquals(List.of(), house.hears("p", RoomEvent.Removed.class));
    }

    @Test
    void showsWhoSpeaksOnTheOnlySection() {
        connect(publisher("a"));
        connect(publisher("b"));
        FakeConnection watched = house.plane.session().connections.get(watcher("w", "video recvonly", null));
        String first = watched.sending().get("video-0");
        String other = only(videos(), first);

        house.plane.session().listener.audioLevels(Map.of(audioBeside(other), -20));
        house.loop.run();

        assertEquals(Map.of("video-0", other), watched.sending());
    }

    @Test
    void followsWhoComesAndLeaves() {
        FakeConnection watched = house.plane.session().connections.get(watcher("w", "video recvonly", null));
        assertEquals(Map.of(), watched.sending());

        publisher("a");
        String first = watched.sending().get("video-0");
        publisher("b");
        assertEquals(Map.of("video-0", first), watched.sending());

        house.ask("a", new RoomCommand.Leave());
        house.loop.run();
        assertEquals(videos(), Set.copyOf(watched.sending().values()));
    }

    @Test
    void followsAUserWhoComesBack() {
        publisher("a");
        publisher("b");
        FakeConnection watched =
                house.plane.session().connections.get(watcher("w", "video recvonly", new Target.User("user-b")));
        String before = watched.sending().get("video-0");

        house.ask("b", new RoomCommand.Leave());
        house.loop.run();
        assertEquals(Map.of(), watched.sending());
        publisher("b");

        assertEquals(1, watched.sending().size());
        assertTrue(!watched.sending().containsValue(before));
    }

    @Test
    void refusesWhoMayNotAndWhatIsNotThere() {
        join("p", Permission.PUBLISH);
        join("w", Permission.SUBSCRIBE);

        assertEquals(RoomErrorCode.FORBIDDEN, house.refusal("w", new RoomCommand.Publish(sending())));
        assertEquals(
                RoomErrorCode.FORBIDDEN,
                house.refusal("p", new RoomCommand.Subscribe(receiving("video recvonly"), null)));
        assertEquals(
                RoomErrorCode.PARTICIPANT_NOT_FOUND,
                house.refusal("w", new RoomCommand.Subscribe(receiving("video recvonly"), new Target.Peer("nobody"))));
        assertEquals(RoomErrorCode.INVALID_MESSAGE, house.refusal("p", new RoomCommand.Publish("hello")));
        assertEquals(Map.of(), house.plane.session().connections);
    }

    private void join(String id, Permission permission) {
        house.join(
                id,
                new RoomCommand.Join(
                        Dialect.WHIP,
                        "user-" + id,
                        ParticipantRole.PARTICIPANT,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        null,
                        EnumSet.of(permission)));
    }

    /** Joins and publishes; returns the connection. */
    private String publisher(String id) {
        join(id, Permission.PUBLISH);
        String connection = house.ask(id, new RoomCommand.Publish(sending())).connectionId();
        house.loop.run();
        return connection;
    }

    /** Joins and watches; returns the connection. */
    private String watcher(String id, String section, Target of) {
        join(id, Permission.SUBSCRIBE);
        String connection =
                house.ask(id, new RoomCommand.Subscribe(receiving(section), of)).connectionId();
        house.loop.run();
        return connection;
    }

    private void connect(String connection) {
        house.plane.session().connect(connection);
        house.loop.run();
    }

    private static String sending() {
        return FakeSdp.of("1001", "audio sendonly", "video sendonly").text();
    }

    private static String receiving(String section) {
        return FakeSdp.of("2002", section).text();
    }

    /** The second producer of each publisher. */
    private Set<String> videos() {
        return house.plane.session().connections.values().stream()
                .filter(connection -> connection.receiving().size() == 2)
                .map(connection -> connection.receiving().get(1))
                .collect(Collectors.toSet());
    }

    private String audioBeside(String video) {
        return house.plane.session().connections.values().stream()
                .filter(connection -> connection.receiving().contains(video))
                .map(connection -> connection.receiving().getFirst())
                .findFirst()
                .orElseThrow();
    }

    private static String only(Set<String> ids, String except) {
        return ids.stream().filter(id -> !id.equals(except)).findFirst().orElseThrow();
    }
}
