package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call of people whose network lets no UDP through. */
@Tag("browser")
class IceTcpTest {
    @Test
    void peopleWhoseUdpIsBlockedMeetOverTcp() throws Exception {
        try (WithoutUdp network = new WithoutUdp();
                ServerProcess server = ServerProcess.start(
                        Map.of("TOPOLOGY_MESH_MAX", "0", "MEDIASOUP_WORKERS", "1"), network.prefix());
                Tabs tabs = new Tabs(server.url(), network.wrap(InstalledBrowser.chromium()))) {
            List<Tab> people = Stream.of("ada", "grace", "edith")
                    .map(user -> tabs.open(user, "tcp", network.initScript() + Tabs.script("connections.js")))
                    .toList();
            people.forEach(Tab::enter);
            people.forEach(tab -> tab.awaitMode("sfu"));
            people.forEach(tab -> tab.awaitFramesOf(people));

            List<String> selected =
                    people.stream().flatMap(tab -> tab.selectedPairs().stream()).toList();
            assertEquals(6, selected.size(), selected::toString);
            selected.forEach(pair -> assertTrue(pair.endsWith(" tcp host tcp"), pair));
        }
    }
}
