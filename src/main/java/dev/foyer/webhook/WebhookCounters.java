package dev.foyer.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What became of events for webhooks since the server started. May be read from any thread. */
public final class WebhookCounters {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder waiting = new LongAdder();

    /** Letters that an endpoint accepted. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that failed and were followed, or will be, by another. */
    public long retries() {
        return retries.sum();
    }

    /** Letters given up: too old, or more than may wait. */
    public long dead() {
        return dead.sum();
    }

    /** Letters that wait now. */
    public long waiting() {
        return waiting.sum();
    }

    void arrived() {
        waiting.increment();
    }

    void accepted() {
        waiting.decrement();
        delivered.increment();
    }

    void failed() {
        retries.increment();
    }

    void gaveUp() {
        waiting.decrement();
        dead.increment();
    }

    void refused() {
        dead.increment();
    }
}
