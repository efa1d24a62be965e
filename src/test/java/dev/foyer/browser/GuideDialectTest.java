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

/** Clients of the {@code guide} dialect in cinema rooms, unmodified: each offer makes them a new connection. */
@Tag("browser")
class GuideDialectTest {
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
    void fiveInACinemaSendOnceAndSeeEverybody() {
        List<FieldTab> people = join(NEWCOMER_OFFERS, "ada", "grace", "edith", "joan", "radia");
        people.forEach(tab -> tab.awaitPaths("sfu", 4));
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(FieldTab::awaitOneUplink);
        people.forEach(tab -> tab.await("() => client.transports().length === 1", null));
        people.forEach(tab -> assertEquals(List.of(), tab.faults(), tab.user()));
    }

    @Test
    void twoTalkPeerToPeerUntilTheThirdComesAndAgainAfterIt() {
        List<FieldTab> two = join(EXISTING_OFFERS, "ada", "grace");
        two.forEach(tab -> tab.awaitFramesOf(two));
        two.forEach(tab -> tab.awaitPaths("p2p", 1));

        List<FieldTab> three = Stream.concat(two.stream(), join(EXISTING_OFFERS, "edith").stream())
                .toList();
        three.forEach(tab -> tab.awaitPaths("sfu", 2));
        three.forEach(tab -> tab.awaitFramesOf(three));
        three.forEach(FieldTab::awaitOneUplink);

        three.getLast().leave();
        two.forEach(tab -> tab.awaitPaths("p2p", 1));
        two.forEach(tab -> tab.awaitFramesOf(two));
    }

    @Test
    void whoLeavesTakesNobodysPictureAlong() {
        List<FieldTab> people = join(NEWCOMER_OFFERS, "ada", "grace", "edith", "joan");
        people.forEach(tab -> tab.awaitPaths("sfu", 3));
        people.forEach(tab -> tab.awaitFramesOf(people));

        String carrier = people.getFirst().awaitCarrier();
        List<FieldTab> rest =
                people.stream().filter(tab -> !tab.user().equals(carrier)).toList();
        people.stream().filter(tab -> tab.user().equals(carrier)).forEach(FieldTab::leave);
        assertEquals(3, rest.size(), carrier);
        rest.forEach(tab -> tab.awaitFramesOf(rest));
        rest.forEach(FieldTab::awaitOneUplink);
    }

    @Test
    void aViewerWithoutMediaSeesEverybody() {
        List<FieldTab> people = join(NEWCOMER_OFFERS, "ada", "grace");
        FieldTab viewer =
                field.join("guide", "edith", room, Map.of("offers", "newcomer", "media", "false", "role", "viewer"));
        viewer.awaitFramesOf(people);
        people.forEach(tab -> tab.awaitFramesOf(people));
    }

    private List<FieldTab> join(Map<String, String> parameters, String... users) {
        return Stream.of(users)
                .map(user -> field.join("guide", user, room, parameters))
                .toList();
    }
}
