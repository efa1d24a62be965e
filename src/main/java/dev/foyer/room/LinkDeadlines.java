package dev.foyer.room;

/** What a {@link ServedLink} waits for. */
final class LinkDeadlines {
    /** For the client to have an answer to the offer that crossed its own. */
    final Deadline glare = new Deadline();

    /** For the client's answer. */
    final Deadline unanswered = new Deadline();

    /** For the client's end to reach the server's. */
    final Deadline connect = new Deadline();

    /** For the client to offer first. */
    private final Deadline start = new Deadline();

    private final Deadline slot = new Deadline();
    private boolean started;
    private boolean told;

    /** The client is given time to offer first. */
    void begin(long delayNanos, long nowNanos) {
        started = false;
        told = false;
        start.in(delayNanos, nowNanos);
    }

    /** The client was told of the peer and will offer by itself. */
    void told(long nowNanos) {
        begin(LinkTiming.HOLD_NANOS, nowNanos);
        told = true;
    }

    /** Whether the client was told of the peer and its offer is still to come. */
    boolean isAwaited() {
        return told && start.isSet();
    }

    /** Whether the time is over that the client was given. */
    boolean isStarted() {
        return started;
    }

    /** Whether nothing keeps an offer back. */
    boolean isOpen() {
        return !start.isSet();
    }

    /** Whether an offer was made lately that is not answered. */
    boolean isOffering() {
        return slot.isSet();
    }

    /** The server makes an offer. */
    void offer(long nowNanos) {
        started = false;
        start.clear();
        slot.in(LinkTiming.SLOT_NANOS, nowNanos);
    }

    /** A negotiation is about to be completed. */
    void complete() {
        started = false;
        start.clear();
        glare.clear();
        unanswered.clear();
    }

    /** No negotiation is under way any more. */
    void rest() {
        glare.clear();
        unanswered.clear();
        slot.clear();
    }

    void clear() {
        complete();
        rest();
        connect.clear();
    }

    /**
     * Lets time pass. Whoever has no connection to the server cannot be late.
     *
     * @return whether the client's own offer was waited for in vain
     */
    boolean tick(boolean clientIsLost, long nowNanos) {
        boolean over = start.take(nowNanos);
        started |= over;
        // When this has passed, others may be offered to.
        slot.take(nowNanos);
        if (clientIsLost) {
            postpone(glare, nowNanos);
            postpone(unanswered, nowNanos);
            postpone(connect, nowNanos);
        }
        return told && over;
    }

    long delayNanos(long nowNanos) {
        long delay = Math.min(start.delayNanos(nowNanos), glare.delayNanos(nowNanos));
        delay = Math.min(delay, unanswered.delayNanos(nowNanos));
        delay = Math.min(delay, connect.delayNanos(nowNanos));
        return Math.min(delay, slot.delayNanos(nowNanos));
    }

    private static void postpone(Deadline deadline, long nowNanos) {
        if (deadline.take(nowNanos)) {
            deadline.in(LinkTiming.RETRY_NANOS, nowNanos);
        }
    }
}
