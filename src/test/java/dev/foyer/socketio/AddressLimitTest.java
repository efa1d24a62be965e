package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
    private final AddressLimit limit = new AddressLimit(2);

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    @Test
    void countsConnectionsOfAnAddressWhateverTheirPort() {
        assertTrue(limit.enter(address("192.0.2.1", 1)));
        assertTrue(limit.enter(address("192.0.2.1", 2)));
        assertFalse(limit.enter(address("192.0.2.1", 3)));
        assertTrue(limit.enter(address("192.0.2.2", 3)));
        limit.leave(address("192.0.2.1", 1));
        assertTrue(limit.enter(address("192.0.2.1", 4)));
    }

    @Test
    void takesAnIpv6NetworkOfOneHostForOneAddress() {
        assertTrue(limit.enter(address("2001:db8::1", 1)));
        assertTrue(limit.enter(address("2001:db8::2", 1)));
        assertFalse(limit.enter(address("2001:db8::3", 1)));
        assertTrue(limit.enter(address("2001:db8:0:1::1", 1)));
    }

    @Test
    void zeroIsNoLimit() {
        AddressLimit none = new AddressLimit(0);
        for (int i = 0; i < 100; i++) {
            assertTrue(none.enter(address("192.0.2.1", i)));
        }
    }
}
