package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.IceCandidate;
import dev.foyer.sfu.RouterLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {
    private static final List<InetAddress> INTERFACES = Stream.of("192.0.2.7", "2001:db8::7", "127.0.0.1", "::1")
            .map(InetAddress::ofLiteral)
            .toList();

    private static MediaSettings settings(String listen, String announced, boolean loopback) {
        return new MediaSettings(
                List.of(listen), announced, 40_000, 40_100, 1, loopback, false, 1024, RouterLimits.DEFAULT);
    }

    private static List<String> addresses(MediaSettings settings, List<InetAddress> interfaces) {
        List<InetSocketAddress> bound = settings.listenIps().stream()
                .map(ip -> new InetSocketAddress(InetAddress.ofLiteral(ip), 40_007))
                .toList();
        List<IceCandidate> candidates = HostCandidates.of(settings, bound, interfaces);
        for (int i = 1; i < candidates.size(); i++) {
            assertTrue(candidates.get(i - 1).priority() > candidates.get(i).priority(), "best first");
        }
        for (IceCandidate candidate : candidates) {
            assertEquals(40_007, candidate.port());
            assertEquals(candidate.address(), candidate.ip());
        }
        return candidates.stream().map(IceCandidate::address).toList();
    }

    @Test
    void tellsTheAddressListenedOn() {
        assertEquals(List.of("127.0.0.1"), addresses(settings("127.0.0.1", null, false), INTERFACES));
    }

    @Test
    void tellsTheAnnouncedAddressInstead() {
        assertEquals(List.of("203.0.113.9"), addresses(settings("0.0.0.0", "203.0.113.9", true), INTERFACES));
    }

    @Test
    void tellsAllAddressesOfTheMachineButLoopback() {
        assertEquals(List.of("192.0.2.7"), addresses(settings("0.0.0.0", null, false), INTERFACES));
        assertEquals(List.of("192.0.2.7", "2001:db8:0:0:0:0:0:7"), addresses(settings("::", null, false), INTERFACES));
    }

    @Test
    void tellsLoopbackTooInDevelopment() {
        assertEquals(List.of("192.0.2.7", "127.0.0.1"), addresses(settings("0.0.0.0", null, true), INTERFACES));
    }

    @Test
    void tellsLoopbackWhereThereIsNothingElse() {
        assertEquals(
                List.of("127.0.0.1"),
                addresses(settings("0.0.0.0", null, false), List.of(InetAddress.ofLiteral("127.0.0.1"))));
    }

    @Test
    void findsThisMachinesAddresses() {
        assertTrue(HostCandidates.interfaceAddresses().stream().noneMatch(InetAddress::isLinkLocalAddress));
    }
}
