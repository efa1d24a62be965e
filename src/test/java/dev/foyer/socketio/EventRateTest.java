package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventRateTest {
    private long now = 5;
    private final EventRate rate = new EventRate(LimitOptions.defaults(), now);

    private int take(int events) {
        int taken = 0;
        for (int i = 0; i < events; i++) {
            taken += rate.take(now) ? 1 : 0;
        }
        return taken;
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void allowsABurstThenTheRate() {
        assertEquals(300, take(400));
        pass(1_000);
        assertEquals(100, take(200));
        pass(60_000);
        assertEquals(300, take(400));
    }

    @Test
    void saysWhenTheNextIsWelcome() {
        take(301);
        assertEquals(10, rate.retryAfterMillis());
        pass(10);
        assertTrue(rate.take(now));
    }

    @Test
    void allowsMoreToWhoIsAllowedMore() {
        rate.allowance(80);
        assertEquals(380, take(500));
        rate.allowance(0);
        pass(60_000);
        assertEquals(300, take(500));
    }

    @Test
    void raisingTheAllowanceAgainAndAgainGivesNothing() {
        take(301);
        rate.allowance(40);
        assertEquals(40, take(100));
        rate.allowance(40);
        assertEquals(0, take(100));
    }

    @Test
    void calmsAfterASecondWithoutRefusal() {
        take(301);
        for (int i = 0; i < 20; i++) {
            pass(1_100);
            take(111);
        }
        assertFalse(rate.flooded());
    }

    @Test
    void callsItAFloodAfterTenSecondsOfRefusals() {
        take(301);
        for (int i = 0; i < 99; i++) {
            pass(100);
            take(20);
            assertFalse(rate.flooded());
        }
        pass(100);
        take(20);
        assertTrue(rate.flooded());
    }
}
