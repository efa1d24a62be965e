package dev.foyer.http;

import java.util.ArrayList;
import java.util.List;

/** What a connection may take its time for. Reads no clock; belongs to the connection's loop. */
final class ConnectionTiming {
    /** What is to become of a connection. */
    enum Verdict {
        /** It goes on. */
        FINE,
        /** It belongs to a WebSocket now, which has its own times. */
        UPGRADED,
        /** A body is late and can still be answered. */
        BODY_LATE,
        /** Nothing that could be answered is late. */
        LATE
    }

    /** A request on the connection, as it is now. */
    interface Exchange {
        /** Whether its body has arrived as a whole. */
        boolean received();

        /** Whether its answer has been given as a whole. */
        boolean answered();

        /** Whether it has turned the connection into a WebSocket. */
        boolean upgraded();
    }

    private final long headNanos;
    private final long bodyNanos;
    private final long idleNanos;
    private final List<Timed> exchanges = new ArrayList<>();
    private boolean fresh = true;
    private long idleSince;

    /** The connection is open, and has sent nothing. */
    ConnectionTiming(ConnectionSettings settings, long nowNanos) {
        headNanos = settings.headTimeout().toNanos();
        bodyNanos = settings.bodyTimeout().toNanos();
        idleNanos = settings.idleTimeout().toNanos();
        idleSince = nowNanos;
    }

    /** The head of a request is there. */
    void begin(Exchange exchange, long nowNanos) {
        fresh = false;
        exchanges.add(new Timed(exchange, nowNanos));
    }

    /** Looks at the connection; call it now and then. */
    Verdict look(long nowNanos) {
        boolean busy = !exchanges.isEmpty();
        Verdict verdict = Verdict.FINE;
        for (Timed timed : List.copyOf(exchanges)) {
            Exchange exchange = timed.exchange;
            if (exchange.upgraded()) {
                return Verdict.UPGRADED;
            }
            if (exchange.received()) {
                if (exchange.answered()) {
                    exchanges.remove(timed);
                }
            } else if (nowNanos - timed.since > bodyNanos) {
                verdict = exchange.answered() || verdict == Verdict.LATE ? Verdict.LATE : Verdict.BODY_LATE;
            }
        }
        if (verdict != Verdict.FINE || !exchanges.isEmpty()) {
            return verdict;
        }
        if (busy) {
            idleSince = nowNanos;
        }
        return nowNanos - idleSince > (fresh ? headNanos : idleNanos) ? Verdict.LATE : Verdict.FINE;
    }

    /** What is late, to be answered. */
    List<Exchange> lateBodies(long nowNanos) {
        List<Exchange> late = new ArrayList<>();
        for (Timed timed : exchanges) {
            if (!timed.exchange.received() && nowNanos - timed.since > bodyNanos) {
                late.add(timed.exchange);
            }
        }
        return late;
    }

    private record Timed(Exchange exchange, long since) {}
}
