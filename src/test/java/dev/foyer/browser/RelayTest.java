package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that run through a TURN server, with the credentials that the server hands out. */
@Tag("browser")
class RelayTest {
    private static final String RELAY_ONLY =
            Tabs.script("connections.js") + "foyerConnections.configuration = { iceTransportPolicy: 'relay' };\n";

    private static final Pattern MOVED_FOR_ITS_RELAYS =
            Pattern.compile("foyer_topology_changes_total\\{mode=\"sfu\",reason=\"link-relayed\"} [1-9]");

    private TurnServer turn;

    @BeforeEach
    void startTurn() throws Exception {
        Optional<Path> program = TurnServer.installed();
        if (program.isEmpty()) {
            System.out.println("RelayTest is skipped: there is no coturn (on Debian: apt-get install coturn)");
        }
        assumeTrue(program.isPresent(), "no coturn");
        turn = TurnServer.start(program.get());
    }

    @AfterEach
    void stopTurn() throws Exception {
        if (turn != null) {
            turn.close();
        }
    }

    @Test
    void twoPeopleMeetInTheSfuThroughTheRelay() throws Exception {
        try (ServerProcess server = start("0");
                Tabs tabs = new Tabs(server.url())) {
            meetInTheSfu(tabs);
        }
    }

    /** The mesh works, or nobody could tell what it runs through; a relay for each pair is worse than one server. */
    @Test
    void aMeshThatIsRelayedOnBothSidesMovesToTheSfu() throws Exception {
        try (ServerProcess server = start("3");
                Tabs tabs = new Tabs(server.url())) {
            meetInTheSfu(tabs);
            String metrics = server.get("/metrics");
            assertTrue(MOVED_FOR_ITS_RELAYS.matcher(metrics).find(), metrics);
        }
    }

    private ServerProcess start(String meshMax) throws Exception {
        return ServerProcess.start(
                Map.of("TOPOLOGY_MESH_MAX", meshMax, "TURN_URLS", turn.url(), "TURN_SECRET", TurnServer.SECRET));
    }

    private static void meetInTheSfu(Tabs tabs) {
        List<Tab> people = Stream.of("ada", "grace")
                .map(user -> tabs.open(user, "relayed", RELAY_ONLY))
                .toList();
        people.forEach(Tab::enter);
        people.forEach(tab -> tab.awaitMode("sfu"));
        people.forEach(tab -> tab.awaitFramesOf(people));
        List<String> selected =
                people.stream().flatMap(tab -> tab.selectedPairs().stream()).toList();
        assertTrue(selected.size() >= 4, selected::toString);
        // The server's end is no relay; of a mesh that is being closed both are.
        selected.forEach(pair -> assertTrue(pair.startsWith("relay udp "), pair));
        assertTrue(selected.contains("relay udp host udp"), selected::toString);
    }
}
