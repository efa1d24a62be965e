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

/** Clients of the {@code webrtc} dialect, unmodified, with either convention of who offers. */
@Tag("browser")
class WebRtcDialectTest {
    private static final Map<String, String> NEWCOMER_OFFERS = Map.of("offers", "newcomer");
    private static final Map<String, String> EXISTING_OFFERS = Map.of("offers", "existing");

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
    void threeMeetPeerToPeer() {
        List<FieldTab> people = join(NEWCOMER_OFFERS, "ada", "grace", "edith");
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(tab -> tab.awaitPaths("p2p", 2));
        people.forEach(WebRtcDialectTest::assertUntroubled);
    }

    @Test
    void withTheFourthEverybodySendsOnceAndSeesEverybody() {
        List<FieldTab> people = join(EXISTING_OFFERS, "ada", "grace", "edith", "joan");
        people.forEach(tab -> tab.awaitPaths("sfu", 3));
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(FieldTab::awaitOneUplink);
        people.forEach(WebRtcDialectTest::assertUntroubled);
    }

    @Test
    void whoLeavesTakesNobodysPictureAlongAndTheLastTwoReturnToAMesh() {
        List<FieldTab> people = join(NEWCOMER_OFFERS, "ada", "grace", "edith", "joan");
        people.forEach(tab -> tab.awaitPaths("sfu", 3));
        people.forEach(tab -> tab.awaitFramesOf(people));

        FieldTab ada = people.getFirst();
        String carrier = ada.awaitCarrier();
        List<FieldTab> three =
                people.stream().filter(tab -> !tab.user().equals(carrier)).toList();
        people.stream().filter(tab -> tab.user().equals(carrier)).forEach(FieldTab::leave);
        assertEquals(3, three.size(), carrier);
        three.forEach(tab -> tab.awaitFramesOf(three));

        three.getLast().leave();
        List<FieldTab> two = three.subList(0, 2);
        two.forEach(tab -> tab.awaitPaths("p2p", 1));
        two.forEach(tab -> tab.awaitFramesOf(two));
    }

    @Test
    void aViewerWithoutMediaSeesEverybody() {
        List<FieldTab> people = join(NEWCOMER_OFFERS, "ada", "grace", "edith");
        FieldTab viewer =
                field.join("webrtc", "joan", room, Map.of("offers", "newcomer", "media", "false", "role", "audience"));
        viewer.awaitFramesOf(people);
        people.forEach(tab -> tab.awaitFramesOf(people));
    }

    private static void assertUntroubled(FieldTab tab) {
        assertEquals(List.of(), tab.faults(), tab.user());
    }

    private List<FieldTab> join(Map<String, String> parameters, String... users) {
        return Stream.of(users)
                .map(user -> field.join("webrtc", user, room, parameters))
                .toList();
    }
}
