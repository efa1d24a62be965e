package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator restarts the server under a call. */
@Tag("browser")
class RestartTest {
    private static final Map<String, String> SFU_FOR_THREE = Map.of("TOPOLOGY_MESH_MAX", "2");

    @Test
    void aCallComesBackAfterTheServerWasRestarted() throws Exception {
        ServerProcess server = ServerProcess.start(SFU_FOR_THREE);
        try (Tabs tabs = new Tabs(server.url())) {
            List<Tab> people = Stream.of("ada", "grace", "edith")
                    .map(user -> tabs.join(user, "restart"))
                    .toList();
            people.forEach(tab -> tab.awaitMode("sfu"));
            people.forEach(tab -> tab.awaitFramesOf(people));

            assertEquals(0, server.terminate(5));
            people.forEach(Tab::awaitDisconnected);
            server = ServerProcess.start(SFU_FOR_THREE, server.port());

            people.forEach(tab -> tab.awaitMode("sfu"));
            people.forEach(tab -> tab.awaitFramesOf(people));
        } finally {
            server.close();
        }
    }
}
