package dev.foyer.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTableTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] ADA = "ada".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BOB = "bob".getBytes(StandardCharsets.UTF_8);

    private static RateTable table(Rate rate, int capacity, long now) {
        return new RateTable(rate, capacity, new Random(1), now);
    }

    private static byte[] address(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, 1L << 60, Long.MAX_VALUE - 3, Long.MIN_VALUE})
    void allowsABurstThenTheRateWhereverTheClockStands(long start) {
        RateTable table = table(new Rate(10, 3), 64, start);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, table.take(ADA, start));
        }
        assertEquals(SECOND / 10, table.take(ADA, start));
        assertEquals(0, table.take(ADA, start + SECOND / 10));
        assertEquals(1, table.take(ADA, start + SECOND / 5 - 1));
        assertEquals(0, table.take(ADA, start + SECOND / 5));
        for (int i = 0; i < 3; i++) {
            assertEquals(0, table.take(ADA, start + 60 * SECOND), "it never holds more than the burst");
        }
        assertTrue(table.take(ADA, start + 60 * SECOND) > 0);
    }

    @Test
    void letsInExactlyAfterTheTimeThatItSaid() {
        Random random = new Random(7);
        RateTable table = table(new Rate(3, 5), 64, 0);
        long now = 0;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextLong(SECOND / 2);
            long wait = table.take(ADA, now);
            if (wait > 0) {
                assertTrue(table.take(ADA, now + wait - 1) > 0);
                now += wait;
                assertEquals(0, table.take(ADA, now));
            }
        }
    }

    @Test
    void doesNotChargeForWhatItRefuses() {
        RateTable table = table(new Rate(1, 1), 64, 0);
        table.take(ADA, 0);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(SECOND, table.take(ADA, 0));
        }
        assertEquals(0, table.take(ADA, SECOND));
    }

    @Test
    void keepsOneFromHurtingAnother() {
        RateTable table = table(new Rate(1, 2), 64, 0);
        for (int i = 0; i < 100; i++) {
            table.take(ADA, 0);
        }
        assertEquals(0, table.take(BOB, 0));
    }

    @Test
    void takesBackWhatWasNotUsed() {
        RateTable table = table(new Rate(1, 1), 64, 0);
        table.take(ADA, 0);
        table.giveBack(ADA);
        table.giveBack(BOB);
        assertEquals(0, table.take(ADA, 0));
        assertTrue(table.take(ADA, 0) > 0);
    }

    /** The same steps as a table that forgets nobody. */
    @Test
    void agreesWithATableThatForgetsNobodyWhileThereAreFewerKeysThanPlaces() {
        Rate rate = new Rate(2, 4);
        RateTable table = table(rate, 1 << 12, 0);
        Map<Integer, Long> model = new HashMap<>();
        Random random = new Random(3);
        long now = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextLong(SECOND / 500);
            int key = random.nextInt(300);
            long full = model.getOrDefault(key, Long.MIN_VALUE / 2);
            long missing = Math.max(0, full - now);
            long wait = Math.max(0, missing - 3 * SECOND / 2);
            assertEquals(wait, table.take(address(key), now));
            if (wait == 0) {
                model.put(key, Math.max(full, now) + SECOND / 2);
            }
        }
    }

    @Test
    void aMillionAddressesNeitherGrowItNorGiveAnybodyAFreshBucket() {
        RateTable table = table(new Rate(1, 5), 1 << 12, 0);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, table.take(ADA, 0));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] key = new byte[4];
        ByteBuffer writer = ByteBuffer.wrap(key);
        long before = threads.getCurrentThreadAllocatedBytes();
        int refused = 0;
        for (int i = 0; i < 1_000_000; i++) {
            writer.putInt(0, i);
            refused += table.take(key, 1) > 0 ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < 64_000_000, "short-lived state of the hash at most, but " + allocated);
        assertTrue(refused > 900_000, "those that found no place had to share, but only " + refused + " were refused");
        assertEquals(SECOND - 1, table.take(ADA, 1), "what was used up stays used up");
        assertEquals(0, table.take(ADA, SECOND));
    }

    @Test
    void isAsGoodAsNewOnceAFloodIsOver() {
        RateTable table = table(new Rate(1, 5), 64, 0);
        for (int i = 0; i < 100_000; i++) {
            table.take(address(i), 0);
        }
        assertTrue(table.take(BOB, 0) > 0);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, table.take(BOB, 5 * SECOND));
        }
        assertTrue(table.take(BOB, 5 * SECOND) > 0);
    }

    @Test
    void hashesAsTheReferenceDoes() {
        byte[] input = new byte[15];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i;
        }
        // The test vector of the SipHash paper, appendix A.
        assertEquals(0xa129ca6149be45e5L, new KeyedHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).of(input));
    }

    @Test
    void countsAnIpv6NetworkOfOneHostAsOneAddress() {
        Limits limits = new Limits(
                new LimitSettings(Map.of(LimitKind.JOINS, Map.of(LimitScope.ADDRESS, new Rate(1, 1))), Map.of()),
                () -> 0,
                new Random(1));
        assertEquals(0, limits.take(LimitKind.JOINS, at("2001:db8::1")));
        assertEquals(1_000, limits.take(LimitKind.JOINS, at("2001:db8::2")));
        assertEquals(0, limits.take(LimitKind.JOINS, at("2001:db8:0:1::1")));
        assertEquals(0, limits.take(LimitKind.JOINS, at("192.0.2.1")));
        assertEquals(1_000, limits.take(LimitKind.JOINS, at("::ffff:192.0.2.1")), "the same host");
    }

    private static Subject at(String ip) {
        return Subject.at(new java.net.InetSocketAddress(InetAddress.ofLiteral(ip), 1));
    }

    @Test
    void refusesRatesThatMakeNoSense() {
        for (double perSecond : new double[] {-1, 0, 1e-9, 1e9, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Rate(perSecond, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> new Rate(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Rate(1, 2_000_000));
    }
}
