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

/** Clients that are built on mediasoup-client: of the {@code mediasoup} dialect, and of {@code call} as it was. */
@Tag("browser")
class MediasoupDialectsTest {
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
    void clientsThatWaitForEventsAndForAcknowledgementsMeet() {
        List<FieldTab> people = List.of(
                field.join("mediasoup", "ada", room),
                field.join("mediasoup", "grace", room, Map.of("namespace", "/", "acks", "true")));
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(tab -> assertEquals(List.of(), tab.faults(), tab.user()));

        people.getLast().leave();
        people.getFirst().awaitNobody();
    }

    @Test
    void clientsThatKnowNoMeshMeetInTheSfu() {
        List<FieldTab> people = Stream.of("ada", "grace", "edith")
                .map(user -> field.join("call", user, room))
                .toList();
        people.forEach(tab -> tab.awaitFramesOf(people));
        people.forEach(tab -> tab.awaitPaths("sfu", 2));
        people.forEach(tab -> assertEquals(List.of(), tab.faults(), tab.user()));

        people.getLast().leave();
        people.subList(0, 2).forEach(tab -> tab.awaitFramesOf(people.subList(0, 2)));
    }
}
