package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<String> selected = call("0", "sfu");
        // Of each a connection to send and one to receive; the server's end is no relay.
        assertEquals(4, selected.size(), selected::toString);
        selected.forEach(pair -> assertTrue(pair.startsWith("relay udp host udp"), pair));
    }

    @Test
    void twoPeopleMeetPeerToPeerThroughTheRelay() throws Exception {
        List<String> selected = call("3", "p2p");
        assertFalse(selected.isEmpty());
        selected.forEach(pair -> assertTrue(pair.startsWith("relay udp "), pair));
    }

    private List<String> call(String meshMax, String mode) throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of(
                        "TOPOLOGY_MESH_MAX",
                        meshMax,
                        // A mesh link relayed on both sides is a reason to move to the SFU: not within this test.
                        "TOPOLOGY_LOSS_MS",
                        "600000",
                        "TURN_URLS",
                        turn.url(),
                        "TURN_SECRET",
                        TurnServer.SECRET));
                Tabs tabs = new Tabs(server.url())) {
            List<Tab> people = Stream.of("ada", "grace")
                    .map(user -> tabs.open(user, "relayed", RELAY_ONLY))
                    .toList();
            people.forEach(Tab::enter);
            people.forEach(tab -> tab.awaitMode(mode));
            people.forEach(tab -> tab.awaitFramesOf(people));
            return people.stream().flatMap(tab -> tab.selectedPairs().stream()).toList();
        }
    }
}
