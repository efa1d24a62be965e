package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Clients of the {@code signaling} dialect, unmodified: they call each other 500 ms after they heard of each other, both
 * sides, and open their camera only once they are in the room.
 */
@Tag("browser")
class SignalingDialectTest {
    /** Refuses an offer while its own is outstanding, as stacks other than a browser's do. */
    private static final Map<String, String> NATIVE = Map.of("native", "true");

    private static Field field;
    private String room;

    @BeforeAll
    static void openField() throws Exception {
        field = new Field();
    }

    @AfterAll
    static void closeField() {
        field.close();
    }

    @BeforeEach
    void nameRoom(TestInfo test) {
        room = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void clear() {
        field.clear();
    }

    @Test
    void threeMeetPeerToPeerAndNoOfferCrossesAnother() {
        List<FieldTab> people = join(NATIVE, "ada", "grace", "edith");
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(tab -> tab.awaitPaths("p2p", 2));
        people.forEach(SignalingDialectTest::assertUntroubled);
    }

    @Test
    void withTheFourthEverybodySendsOnceAndSeesEverybody() {
        List<FieldTab> people = join(NATIVE, "ada", "grace", "edith", "joan");
        people.forEach(tab -> tab.awaitPaths("sfu", 3));
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(FieldTab::awaitOneUplink);
        people.forEach(SignalingDialectTest::assertUntroubled);
    }

    @Test
    void whoLeavesTakesNobodysPictureAlongAndTheLastTwoReturnToAMesh() {
        List<FieldTab> people = join(Map.of(), "ada", "grace", "edith", "joan");
        people.forEach(tab -> tab.awaitPaths("sfu", 3));
        people.forEach(tab -> tab.awaitFramesOf(people));

        FieldTab ada = people.getFirst();
        FieldTab carrier = named(people, ada.awaitCarrier());
        carrier.leave();
        List<FieldTab> three = people.stream().filter(tab -> tab != carrier).toList();
        three.forEach(tab -> tab.awaitFramesOf(three));

        three.getLast().leave();
        List<FieldTab> two = three.subList(0, 2);
        two.forEach(tab -> tab.awaitPaths("p2p", 1));
        two.forEach(tab -> tab.awaitFramesOf(two));
        two.forEach(SignalingDialectTest::assertUntroubled);
    }

    @Test
    void anAudienceOpensNoCameraAndSeesTheSpeakers() {
        List<FieldTab> speakers = join(NATIVE, "ada", "grace");
        FieldTab audience = field.join("signaling", "edith", room, Map.of("role", "audience", "native", "true"));
        audience.awaitFramesOf(speakers);
        speakers.forEach(tab -> tab.awaitFramesOf(speakers));

        List<FieldTab> more =
                Stream.concat(speakers.stream(), join(NATIVE, "joan").stream()).toList();
        audience.awaitPaths("sfu", 3);
        audience.awaitFramesOf(more);
        more.forEach(tab -> tab.awaitFramesOf(more));
    }

    @Test
    void aCameraThatOpensLateIsSeenPeerToPeerAndThroughTheSfu() {
        Map<String, String> late = Map.of("cameraDelayMs", "4000", "native", "true");
        List<FieldTab> people = Stream.concat(join(NATIVE, "ada", "grace").stream(), join(late, "edith").stream())
                .toList();
        people.forEach(tab -> tab.awaitFramesOf(people));

        List<FieldTab> more =
                Stream.concat(people.stream(), join(late, "joan").stream()).toList();
        more.forEach(tab -> tab.awaitPaths("sfu", 3));
        more.forEach(tab -> tab.awaitFramesOf(more));
    }

    private static void assertUntroubled(FieldTab tab) {
        assertEquals(List.of(), tab.faults(), tab.user());
        assertEquals(0, tab.crossedOffers(), tab.user());
    }

    private static FieldTab named(List<FieldTab> people, String user) {
        return people.stream()
                .filter(tab -> tab.user().equals(user))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody is called " + user));
    }

    private List<FieldTab> join(Map<String, String> parameters, String... users) {
        return Stream.of(users)
                .map(user -> field.join("signaling", user, room, parameters))
                .toList();
    }
}
