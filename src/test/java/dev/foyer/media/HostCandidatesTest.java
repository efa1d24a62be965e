package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.IceCandidate;
import dev.foyer.sfu.RouterLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {
    private static final List<InetAddress> INTERFACES = Stream.of("192.0.2.7", "2001:db8::7", "127.0.0.1", "::1")
            .map(InetAddress::ofLiteral)
            .toList();

    private static MediaSettings settings(String listen, Announcement announcement, boolean loopback) {
        return new MediaSettings(
                List.of(listen.split(",")),
                announcement,
                40_000,
                40_100,
                true,
                1,
                loopback,
                false,
                1024,
                RouterLimits.DEFAULT);
    }

    private static MediaSettings settings(String listen, boolean loopback) {
        return settings(listen, new Announcement.Own(), loopback);
    }

    private static List<IceCandidate> candidates(MediaSettings settings, List<InetAddress> interfaces) {
        List<InetSocketAddress> bound = settings.listenIps().stream()
                .map(ip -> new InetSocketAddress(InetAddress.ofLiteral(ip), 40_007))
                .toList();
        return HostCandidates.of(settings, bound, interfaces);
    }

    /** Of UDP, having checked that those of TCP are the same, and everything that is alike for all. */
    private static List<String> addresses(MediaSettings settings, List<InetAddress> interfaces) {
        List<IceCandidate> candidates = candidates(settings, interfaces);
        for (int i = 1; i < candidates.size(); i++) {
            assertTrue(candidates.get(i - 1).priority() > candidates.get(i).priority(), "best first");
        }
        for (IceCandidate candidate : candidates) {
            assertEquals(40_007, candidate.port());
            assertEquals(candidate.address(), candidate.ip());
            assertEquals("host", candidate.type());
            assertEquals(candidate.protocol().equals("tcp") ? "passive" : null, candidate.tcpType());
        }
        List<String> udp = addresses(candidates, "udp");
        assertEquals(udp, addresses(candidates, "tcp"));
        return udp;
    }

    private static List<String> addresses(List<IceCandidate> candidates, String protocol) {
        return candidates.stream()
                .filter(candidate -> candidate.protocol().equals(protocol))
                .map(IceCandidate::address)
                .toList();
    }

    @Test
    void tellsTheAddressListenedOn() {
        assertEquals(List.of("127.0.0.1"), addresses(settings("127.0.0.1", false), INTERFACES));
    }

    @Test
    void tellsTheAnnouncedAddressesInstead() {
        Announcement announced = new Announcement.Instead(List.of("203.0.113.9", "2001:db8:0:0:0:0:0:9"));
        assertEquals(
                List.of("203.0.113.9", "2001:db8:0:0:0:0:0:9"),
                addresses(settings("0.0.0.0", announced, true), INTERFACES));
    }

    @Test
    void tellsThePublicAddressOfEachThatIsListenedOn() {
        Announcement announced =
                new Announcement.Mapped(Map.of("192.0.2.7", "203.0.113.7", "192.0.2.8", "203.0.113.8"));
        assertEquals(
                List.of("203.0.113.8", "203.0.113.7"),
                addresses(settings("192.0.2.8,192.0.2.7", announced, false), INTERFACES));
        assertEquals(
                List.of("203.0.113.7", "2001:db8:0:0:0:0:0:7"),
                addresses(settings("::", announced, false), INTERFACES));
    }

    @Test
    void tellsAnAddressOnceThatSeveralSocketsAreReachedBy() {
        Announcement announced =
                new Announcement.Mapped(Map.of("192.0.2.7", "203.0.113.7", "192.0.2.8", "203.0.113.7"));
        assertEquals(List.of("203.0.113.7"), addresses(settings("192.0.2.8,192.0.2.7", announced, false), INTERFACES));
    }

    @Test
    void tellsOfNoTcpWhereItIsSwitchedOff() {
        MediaSettings both = settings("127.0.0.1", false);
        MediaSettings udpOnly = new MediaSettings(
                both.listenIps(), both.announcement(), 40_000, 40_100, false, 1, false, false, 1024, both.limits());
        assertEquals(
                List.of("udp"),
                candidates(udpOnly, INTERFACES).stream()
                        .map(IceCandidate::protocol)
                        .toList());
    }

    @Test
    void tellsAllAddressesOfTheMachineButLoopback() {
        assertEquals(List.of("192.0.2.7"), addresses(settings("0.0.0.0", false), INTERFACES));
        assertEquals(List.of("192.0.2.7", "2001:db8:0:0:0:0:0:7"), addresses(settings("::", false), INTERFACES));
    }

    @Test
    void tellsLoopbackTooInDevelopment() {
        assertEquals(List.of("192.0.2.7", "127.0.0.1"), addresses(settings("0.0.0.0", true), INTERFACES));
    }

    @Test
    void tellsLoopbackWhereThereIsNothingElse() {
        assertEquals(
                List.of("127.0.0.1"),
                addresses(settings("0.0.0.0", false), List.of(InetAddress.ofLiteral("127.0.0.1"))));
    }

    @Test
    void findsThisMachinesAddresses() {
        assertTrue(HostCandidates.interfaceAddresses().stream().noneMatch(InetAddress::isLinkLocalAddress));
    }
}
