package dev.foyer.socketio;

import java.util.concurrent.atomic.LongAdder;

/** What went wrong or was refused since a {@link SocketIoServer} was made. May be read from any thread. */
public final class SocketIoCounters {
    private final LongAdder refusedRequests = new LongAdder();
    private final LongAdder protocolErrors = new LongAdder();
    private final LongAdder pingTimeouts = new LongAdder();
    private final LongAdder slowReaders = new LongAdder();
    private final LongAdder rateLimitedEvents = new LongAdder();
    private final LongAdder floods = new LongAdder();
    private final LongAdder recoveries = new LongAdder();
    private final LongAdder lossyReturns = new LongAdder();

    SocketIoCounters() {}

    /** HTTP requests answered with an error. */
    public long refusedRequests() {
        return refusedRequests.sum();
    }

    /** Connections closed over broken framing or a size limit. */
    public long protocolErrors() {
        return protocolErrors.sum();
    }

    /** Connections closed because a ping was not answered. */
    public long pingTimeouts() {
        return pingTimeouts.sum();
    }

    /** Connections closed because their peer did not read. */
    public long slowReaders() {
        return slowReaders.sum();
    }

    /** Events refused because their sender was above its rate. */
    public long rateLimitedEvents() {
        return rateLimitedEvents.sum();
    }

    /** Sockets disconnected because they stayed above their rate. */
    public long floods() {
        return floods.sum();
    }

    /** Returns of clients that missed nothing. */
    public long recoveries() {
        return recoveries.sum();
    }

    /** Returns of clients that needed a snapshot. */
    public long lossyReturns() {
        return lossyReturns.sum();
    }

    void refused() {
        refusedRequests.increment();
    }

    void closed(CloseCause cause) {
        switch (cause) {
            case PROTOCOL_ERROR -> protocolErrors.increment();
            case PING_TIMEOUT -> pingTimeouts.increment();
            case SLOW_READER -> slowReaders.increment();
            case TRANSPORT_LOST, FORCED, SERVER_CLOSED -> {}
        }
    }

    void rateLimited() {
        rateLimitedEvents.increment();
    }

    void flood() {
        floods.increment();
    }

    void resumed(boolean recovered) {
        (recovered ? recoveries : lossyReturns).increment();
    }
}
