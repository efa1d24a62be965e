package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
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

/** A call as people have it: tabs of a real Chromium in a room of a real server. */
@Tag("browser")
class CallTest {
    private static ServerProcess server;
    private static int mediaPort;
    private Tabs tabs;
    private String room;

    @BeforeAll
    static void startServer() throws Exception {
        mediaPort = ServerProcess.freeMediaPort();
        server = ServerProcess.start(Map.of(
                "MEDIASOUP_WORKERS", "1",
                "RTC_MIN_PORT", Integer.toString(mediaPort),
                "RTC_MAX_PORT", Integer.toString(mediaPort),
                "TOPOLOGY_QUIET_MS", "2000",
                "TOPOLOGY_CHANGE_INTERVAL_MS", "2000",
                "TOPOLOGY_RETURNS_PER_HOUR", "1000"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openBrowser(TestInfo test) throws Exception {
        tabs = new Tabs(server.url());
        room = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void closeBrowser() {
        tabs.close();
    }

    @Test
    void twoPeopleTalkPeerToPeer() {
        List<Tab> people = join("ada", "grace");
        people.forEach(tab -> tab.awaitMode("p2p"));
        people.forEach(tab -> tab.awaitFramesOf(people));
    }

    @Test
    void threePeopleTalkPeerToPeer() {
        List<Tab> people = join("ada", "grace", "edith");
        people.forEach(tab -> tab.awaitMode("p2p"));
        people.forEach(tab -> tab.awaitFramesOf(people));
    }

    @Test
    void theFourthMovesTheRoomToTheSfuAndLeavingMovesItBack() {
        List<Tab> people = join("ada", "grace", "edith");
        people.forEach(tab -> tab.awaitFramesOf(people));
        int meshEpoch = people.getFirst().epoch();

        Tab fourth = tabs.join("joan", room);
        List<Tab> all = Stream.concat(people.stream(), Stream.of(fourth)).toList();
        all.forEach(tab -> tab.awaitMode("sfu"));
        all.forEach(tab -> tab.awaitFramesOf(all));
        assertTrue(fourth.epoch() > meshEpoch);
        all.forEach(tab -> assertEquals(fourth.epoch(), tab.epoch()));

        fourth.leave();
        people.get(2).leave();
        List<Tab> rest = people.subList(0, 2);
        rest.forEach(tab -> tab.awaitMode("p2p"));
        rest.forEach(tab -> tab.awaitFramesOf(rest));
    }

    @Test
    void aCrashedTabLeavesTheOthersTalking() {
        List<Tab> people = join("ada", "grace", "edith", "joan");
        people.forEach(tab -> tab.awaitMode("sfu"));
        people.forEach(tab -> tab.awaitFramesOf(people));

        people.get(3).crash();
        List<Tab> rest = people.subList(0, 3);
        rest.forEach(tab -> tab.awaitFramesOf(rest));
    }

    @Test
    void aTabWhoseNetworkChangesGoesOn() throws Exception {
        try (UdpRelay relay = new UdpRelay(new InetSocketAddress(InetAddress.getLoopbackAddress(), mediaPort))) {
            List<Tab> people = new ArrayList<>(join("ada", "grace", "edith"));
            Tab mobile = tabs.open("joan", room, throughRelay(relay.port()));
            mobile.enter();
            people.add(mobile);
            people.forEach(tab -> tab.awaitMode("sfu"));
            people.forEach(tab -> tab.awaitFramesOf(people));

            relay.cut();
            mobile.awaitNoFramesOf(people);
            relay.changeAddress();

            people.forEach(tab -> tab.awaitFramesOf(people));
            assertTrue(relay.forwarded() > 0, "the way to the SFU led past the relay");
        }
    }

    /** Has every peer connection of the page take the relay's port for the SFU's. */
    private static String throughRelay(int relayPort) {
        return """
                const original = RTCPeerConnection.prototype.setRemoteDescription;
                RTCPeerConnection.prototype.setRemoteDescription = function (description) {
                  const sdp = description.sdp.replaceAll(/ %d typ host/g, ' %d typ host');
                  return original.call(this, { type: description.type, sdp });
                };
                """.formatted(mediaPort, relayPort);
    }

    private List<Tab> join(String... users) {
        return Stream.of(users).map(user -> tabs.join(user, room)).toList();
    }
}
