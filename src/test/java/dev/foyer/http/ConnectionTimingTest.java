package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.http.ConnectionTiming.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTimingTest {
    private static final ConnectionSettings SETTINGS =
            new ConnectionSettings(Duration.ofNanos(10), Duration.ofNanos(30), Duration.ofNanos(75), 1);

    private final ConnectionTiming timing = new ConnectionTiming(SETTINGS, 0);

    private static final class Exchange implements ConnectionTiming.Exchange {
        boolean received;
        boolean answered;
        boolean upgraded;

        @Override
        public boolean received() {
            return received;
        }

        @Override
        public boolean answered() {
            return answered;
        }

        @Override
        public boolean upgraded() {
            return upgraded;
        }
    }

    private Exchange begin(long now, boolean received) {
        Exchange exchange = new Exchange();
        exchange.received = received;
        timing.begin(exchange, now);
        return exchange;
    }

    @Test
    void waitsForTheFirstHeadAShortTime() {
        assertEquals(Verdict.FINE, timing.look(10));
        assertEquals(Verdict.LATE, timing.look(11));
    }

    @Test
    void waitsForABodyFromItsHeadOn() {
        Exchange exchange = begin(5, false);
        assertEquals(Verdict.FINE, timing.look(35));
        assertEquals(Verdict.BODY_LATE, timing.look(36));
        assertEquals(List.of(exchange), timing.lateBodies(36));
        exchange.answered = true;
        assertEquals(Verdict.LATE, timing.look(37), "it was told, and still sends");
    }

    @Test
    void waitsForAnAnswerForEver() {
        Exchange exchange = begin(5, true);
        assertEquals(Verdict.FINE, timing.look(1_000_000));
        exchange.answered = true;
        assertEquals(Verdict.FINE, timing.look(1_000_010));
        assertEquals(Verdict.FINE, timing.look(1_000_085));
        assertEquals(Verdict.LATE, timing.look(1_000_086));
    }

    @Test
    void waitsForTheNextHeadSinceTheLastOfSeveralAnswers() {
        Exchange poll = begin(1, true);
        Exchange post = begin(2, true);
        post.answered = true;
        assertEquals(Verdict.FINE, timing.look(500), "the other one is not answered");
        poll.answered = true;
        assertEquals(Verdict.FINE, timing.look(501));
        begin(560, true);
        assertEquals(Verdict.FINE, timing.look(10_000));
    }

    @Test
    void letsGoOfAWebSocket() {
        Exchange exchange = begin(5, true);
        exchange.upgraded = true;
        exchange.answered = true;
        assertEquals(Verdict.UPGRADED, timing.look(6));
    }
}
