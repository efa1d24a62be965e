package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnMachineTest {
    private final OwnMachine machine =
            new OwnMachine(List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7")));

    @Test
    void ownsItsInterfacesAndItsLoopback() {
        assertTrue(machine.owns(InetAddress.ofLiteral("192.0.2.7")));
        assertTrue(machine.owns(InetAddress.ofLiteral("2001:db8::7")));
        assertTrue(machine.owns(InetAddress.ofLiteral("127.0.0.1")));
        assertTrue(machine.owns(InetAddress.ofLiteral("::1")));
    }

    @Test
    void ownsNobodyElsesAddress() {
        assertFalse(machine.owns(InetAddress.ofLiteral("192.0.2.8")));
        assertFalse(machine.owns(InetAddress.ofLiteral("2001:db8::8")));
        assertFalse(machine.owns(InetAddress.ofLiteral("0.0.0.0")));
    }
}
