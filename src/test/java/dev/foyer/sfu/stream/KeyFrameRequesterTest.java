package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyFrameRequesterTest {
    private static final long MS = 1_000_000;

    private final KeyFrameRequester requester = new KeyFrameRequester();

    @Test
    void asksAtOnceAndThenEverySecondUntilOneComes() {
        assertFalse(requester.take(0));
        requester.want(5);
        assertTrue(requester.take(5));
        requester.want(6);
        assertFalse(requester.take(999 * MS));
        assertTrue(requester.take(1000 * MS + 5));
        requester.satisfied();
        assertEquals(Long.MAX_VALUE, requester.nextDueNanos());
        assertFalse(requester.take(9000 * MS));
        assertEquals(2, requester.requests());
    }

    @Test
    void waitsOutTheSpacingSinceTheLastRequestEvenAfterAKeyFrame() {
        requester.want(0);
        assertTrue(requester.take(0));
        requester.satisfied();
        requester.want(100 * MS);
        assertFalse(requester.take(100 * MS));
        assertEquals(300 * MS, requester.nextDueNanos());
        assertTrue(requester.take(300 * MS));
    }

    @Test
    void asksAtOnceWhenForced() {
        requester.want(0);
        assertTrue(requester.take(0));
        requester.wantNow();
        assertTrue(requester.take(1));
        assertFalse(requester.take(2));
        assertTrue(requester.isWaiting());
    }

    @Test
    void stopsAskingASenderThatDoesNotAnswer() {
        requester.want(0);
        int asked = 0;
        for (long now = 0; now < 100_000 * MS; now += 100 * MS) {
            asked += requester.take(now) ? 1 : 0;
        }
        assertEquals(30, asked);
        requester.want(100_000 * MS);
        assertTrue(requester.take(100_000 * MS));
    }

    @Test
    void worksOnAClockBelowZero() {
        requester.want(-5_000 * MS);
        assertTrue(requester.take(-5_000 * MS));
        assertFalse(requester.take(-4_500 * MS));
        assertTrue(requester.take(-4_000 * MS));
    }
}
