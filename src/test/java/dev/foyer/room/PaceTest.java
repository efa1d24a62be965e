package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How often something is let through. */
class PaceTest {
    private static final long START = Math.subtractExact(Long.MAX_VALUE, 150);

    private final Pace pace = new Pace(100, 3);

    private boolean passes(long nowNanos) {
        try {
            pace.require(nowNanos);
            return true;
        } catch (RoomException refusal) {
            assertEquals(RoomErrorCode.RATE_LIMITED, refusal.code());
            return false;
        }
    }

    private int passing(long nowNanos) {
        int passing = 0;
        while (passes(nowNanos)) {
            passing++;
        }
        return passing;
    }

    @Test
    void startsFull() {
        assertEquals(3, passing(START));
    }

    @Test
    void letsOneThroughEachIntervalEvenAsTheClockWraps() {
        passing(START);
        assertEquals(0, passing(START + 99));
        assertEquals(1, passing(START + 100));
        assertEquals(2, passing(START + 399));
        assertEquals(1, passing(START + 400));
    }

    @Test
    void savesNoMoreThanItsBurst() {
        passing(START);
        assertEquals(3, passing(START + 1_000_000));
    }
}
