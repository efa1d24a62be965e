package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnprovenConnectionsTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    /** Near the end of its range: differences must be what counts. */
    private long start = Long.MAX_VALUE - 5;

    private final UnprovenConnections<String> connections = new UnprovenConnections<>(4, 3, 10);

    @Test
    void turnsAwayTheNewestOfAnAddressWithTooMany() {
        assertTrue(connections.add("a", ONE, start));
        assertTrue(connections.add("b", ONE, start));
        assertTrue(connections.add("c", ONE, start));
        assertFalse(connections.add("d", ONE, start));
        assertTrue(connections.add("e", OTHER, start), "nobody else's harm");
        assertFalse(connections.contains("d"));

        connections.remove("b");
        assertTrue(connections.add("f", ONE, start));
    }

    @Test
    void theOldestMakesRoomWhenThereAreTooManyInAll() {
        for (int i = 0; i < 4; i++) {
            assertTrue(connections.add("c" + i, InetAddress.ofLiteral("192.0.2.10" + i), start));
            assertNull(connections.crowdedOut());
        }
        assertTrue(connections.add("c4", OTHER, start));
        assertEquals("c0", connections.crowdedOut());
        assertEquals(4, connections.size());
    }

    @Test
    void endsThoseWhoseTimeIsOver() {
        connections.add("a", ONE, start);
        connections.add("b", OTHER, start + 4);
        assertEquals(List.of(), connections.expired(start + 9));
        assertEquals(List.of("a"), connections.expired(start + 10));
        assertEquals(List.of("b"), connections.expired(start + 20));
        assertEquals(0, connections.size());
    }

    @Test
    void remembersNoAddressWithoutAConnection() {
        for (int i = 0; i < 100_000; i++) {
            String connection = "c" + i;
            assertTrue(connections.add(
                    connection, InetAddress.ofLiteral("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255)), start));
            switch (i % 3) {
                case 0 -> connections.remove(connection);
                case 1 -> connections.expired(start + 10);
                default -> connections.crowdedOut();
            }
            assertTrue(connections.size() <= 4 && connections.addresses() <= 4);
        }
        connections.expired(start + 10);
        assertEquals(0, connections.addresses());
    }
}
