package dev.foyer.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private long now = 5;
    private final Limits limits = new Limits(
            new LimitSettings(
                    Map.of(
                            LimitKind.JOINS,
                            Map.of(
                                    LimitScope.IDENTITY,
                                    new Rate(1, 1),
                                    LimitScope.ADDRESS,
                                    new Rate(2, 3),
                                    LimitScope.ROOM,
                                    new Rate(1, 4))),
                    Map.of(OpenKind.CONNECTIONS, 2)),
            () -> now,
            new Random(1));

    private static Subject at(int host) {
        return Subject.at(new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), host));
    }

    private long join(Subject subject) {
        return limits.take(LimitKind.JOINS, subject);
    }

    @Test
    void saysInMillisecondsWhenTheNarrowestThatIsUsedUpLetsInAgain() {
        assertEquals(0, join(at(1).as("ada")));
        assertEquals(1_000, join(at(1).as("ada")));
        now += TimeUnit.MILLISECONDS.toNanos(999) + 1;
        assertEquals(1, join(at(1).as("ada")), "rounded up");
        now += TimeUnit.MILLISECONDS.toNanos(1);
        assertEquals(0, join(at(1).as("ada")));
        assertEquals(2, limits.refused(LimitKind.JOINS, LimitScope.IDENTITY));
        assertEquals(0, limits.refused(LimitKind.JOINS, LimitScope.ADDRESS));
    }

    @Test
    void whatOneUserIsRefusedIsNoChargeToTheOthersOfItsAddress() {
        join(at(1).as("ada"));
        for (int i = 0; i < 100; i++) {
            assertTrue(join(at(1).as("ada")) > 0);
        }
        assertEquals(0, join(at(1).as("bob")));
        assertEquals(0, join(at(1).as("eve")));
        assertEquals(500, join(at(1).as("dan")));
    }

    @Test
    void whatARoomRefusesIsNoChargeToWhoeverAsks() {
        for (int host = 1; host <= 4; host++) {
            assertEquals(0, join(at(host).in("r")));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(1_000, join(at(9).as("ada").in("r")));
        }
        assertEquals(0, join(at(9).as("ada").in("other")));
        assertEquals(100, limits.refused(LimitKind.JOINS, LimitScope.ROOM));
    }

    @Test
    void guestsAreKnownByTheirAddressAlone() {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, join(at(1).as(null)));
        }
        assertTrue(join(at(1)) > 0);
        assertEquals(0, join(at(2)));
    }

    @Test
    void countsWhatIsOpen() {
        assertTrue(limits.enter(OpenKind.CONNECTIONS, at(1)));
        assertTrue(limits.enter(OpenKind.CONNECTIONS, at(1)));
        assertFalse(limits.enter(OpenKind.CONNECTIONS, at(1)));
        assertTrue(limits.enter(OpenKind.CONNECTIONS, at(2)));
        assertTrue(limits.isFull(OpenKind.CONNECTIONS, at(1)));
        assertFalse(limits.isFull(OpenKind.CONNECTIONS, at(2)));
        limits.leave(OpenKind.CONNECTIONS, at(1));
        assertTrue(limits.enter(OpenKind.CONNECTIONS, at(1)));
        assertEquals(2, limits.refused(OpenKind.CONNECTIONS));
    }

    @Test
    void countsRememberNobodyWhoHasNothingOpen() {
        OpenCounts counts = new OpenCounts(3);
        for (int i = 0; i < 1_000; i++) {
            byte[] key = {(byte) i, (byte) (i >> 8)};
            counts.enter(key);
            counts.enter(key);
            counts.leave(key);
            counts.leave(key);
            counts.leave(key);
        }
        assertEquals(0, counts.keys());
    }

    @Test
    void withoutLimitsEverythingIsLetThrough() {
        Limits none = Limits.none();
        for (int i = 0; i < 10_000; i++) {
            assertEquals(0, none.take(LimitKind.MESSAGES, at(1).as("ada").in("r")));
            assertTrue(none.enter(OpenKind.HTTP_CONNECTIONS, at(1)));
        }
    }

    @Test
    void aRoomOfAHundredBehindOneAddressJoinsAtOnceTwice() {
        Limits defaults = new Limits(LimitSettings.defaults(), () -> now, new Random(1));
        Subject nat = at(1);
        for (int round = 0; round < 2; round++) {
            for (int person = 0; person < 100; person++) {
                Subject user = nat.as("user " + person);
                for (int request = 0; request < 12; request++) {
                    assertEquals(0, defaults.take(LimitKind.REQUESTS, user));
                }
                assertEquals(0, defaults.take(LimitKind.CONNECTIONS, user));
                assertEquals(0, defaults.take(LimitKind.JOINS, user.in("r")));
                for (int message = 0; message < 420; message++) {
                    assertEquals(0, defaults.take(LimitKind.MESSAGES, user.in("r")));
                }
            }
        }
    }
}
