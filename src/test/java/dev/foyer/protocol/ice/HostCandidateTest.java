package dev.foyer.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostCandidateTest {
    @Test
    void computesThePriorityOfRfc8445() {
        assertEquals(
                2_130_706_431L,
                HostCandidate.of(TransportProtocol.UDP, "192.0.2.1", 1, 0).priority());
    }

    @Test
    void ranksAddressesAndPutsTcpBelowAllOfUdp() {
        long previous = Long.MAX_VALUE;
        for (TransportProtocol protocol : TransportProtocol.values()) {
            for (int rank : new int[] {0, 1, 100, 8191}) {
                long priority = HostCandidate.of(protocol, "192.0.2.1", 1, rank).priority();
                assertTrue(priority < previous && priority > 0);
                previous = priority;
            }
        }
        assertThrows(
                IllegalArgumentException.class, () -> HostCandidate.of(TransportProtocol.UDP, "192.0.2.1", 1, 8192));
    }

    @Test
    void sharesAFoundationByAddressAndProtocol() {
        String foundation =
                HostCandidate.of(TransportProtocol.UDP, "192.0.2.1", 1, 0).foundation();

        assertEquals(
                foundation,
                HostCandidate.of(TransportProtocol.UDP, "192.0.2.1", 2, 1).foundation());
        assertNotEquals(
                foundation,
                HostCandidate.of(TransportProtocol.TCP, "192.0.2.1", 1, 0).foundation());
        assertNotEquals(
                foundation,
                HostCandidate.of(TransportProtocol.UDP, "192.0.2.2", 1, 0).foundation());
        assertTrue(foundation.matches("[0-9a-zA-Z+/]{1,32}"));
    }

    @Test
    void drawsCredentialsOfIceCharsAndPrintsNoSecret() {
        IceCredentials credentials = IceCredentials.draw(new Random(1));

        assertTrue(credentials.usernameFragment().matches("[a-z0-9]{16}"));
        assertTrue(credentials.password().matches("[a-z0-9]{32}"));
        assertFalse(credentials.toString().contains(credentials.password()));
        assertThrows(IllegalArgumentException.class, () -> new IceCredentials("abc", credentials.password()));
        assertThrows(IllegalArgumentException.class, () -> new IceCredentials("ab:cd", credentials.password()));
        assertThrows(IllegalArgumentException.class, () -> new IceCredentials("abcd", "too short"));
    }

    @Test
    void printsNoAddress() {
        InetSocketAddress address = new InetSocketAddress("192.0.2.1", 5000);
        assertEquals("Tuple[UDP]", new Tuple(TransportProtocol.UDP, address, address).toString());
    }
}
