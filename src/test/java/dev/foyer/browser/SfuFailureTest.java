package dev.foyer.browser;

import dev.foyer.app.StartedFoyer;
import dev.foyer.media.WorkerFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The SFU fails under a call; the call comes back by itself. */
@Tag("browser")
class SfuFailureTest {
    @Test
    void roomsComeBackAfterTheSfuFailed() throws Exception {
        try (StartedFoyer server = new StartedFoyer(Map.of("TOPOLOGY_MESH_MAX", "1", "TOPOLOGY_MESH_RETURN", "0"));
                Tabs tabs = new Tabs(server.url())) {
            List<Tab> people = Stream.of("ada", "grace", "edith")
                    .map(user -> tabs.join(user, "failure"))
                    .toList();
            people.forEach(tab -> tab.awaitMode("sfu"));
            people.forEach(tab -> tab.awaitFramesOf(people));
            int epoch = people.getFirst().epoch();

            WorkerFailure.ofAll(server.foyer().mediaPlane());

            people.forEach(tab -> tab.awaitEpochAfter(epoch));
            people.forEach(tab -> tab.awaitMode("sfu"));
            people.forEach(tab -> tab.awaitFramesOf(people));
        }
    }
}
