package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One client of each dialect and a WHIP publisher in one room. */
@Tag("browser")
class MixedRoomTest {
    @Test
    void everyDialectReceivesEveryPublisher() throws Exception {
        try (Field field = new Field()) {
            FieldTab signaling = field.join("signaling", "ada", "mixed", Map.of("native", "true"));
            FieldTab webrtc = field.join("webrtc", "grace", "mixed", Map.of("offers", "newcomer"));
            FieldTab guide = field.join("guide", "edith", "mixed", Map.of("offers", "existing"));
            FieldTab mediasoup = field.join("mediasoup", "joan", "mixed");
            FieldTab call = field.join("call", "radia", "mixed");
            List<FieldTab> people = List.of(signaling, webrtc, guide, mediasoup, call);
            people.forEach(tab -> tab.awaitFramesOf(people));
            people.forEach(FieldTab::awaitOneUplink);

            assumeTrue(WhipPublisher.available(), "no Python with aiortc: see ./foyer doctor");
            try (WhipPublisher publisher = new WhipPublisher(field.server().url() + "/whip/mixed")) {
                for (FieldTab tab : people) {
                    List<String> others = new ArrayList<>(people.stream()
                            .filter(other -> other != tab)
                            .map(FieldTab::user)
                            .toList());
                    others.add(awaitWhip(tab, publisher));
                    tab.awaitFramesOfUsers(others);
                }
            }
            people.forEach(tab -> tab.awaitFramesOf(people));
            people.forEach(tab -> assertEquals(List.of(), tab.faults(), tab.user()));
        }
    }

    /** The user id that a WHIP publisher without a token was given. */
    private static String awaitWhip(FieldTab tab, WhipPublisher publisher) {
        try {
            return tab.awaitUser("whip-");
        } catch (AssertionError e) {
            throw new AssertionError("publisher:\n" + publisher.log(), e);
        }
    }
}
