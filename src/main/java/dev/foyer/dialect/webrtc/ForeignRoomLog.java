package dev.foyer.dialect.webrtc;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that somebody signals into a room that it has not joined: at most once a second, with how often it
 * happened meanwhile. Any thread.
 */
final class ForeignRoomLog {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRoomLog.class);
    private static final long INTERVAL_MILLIS = 1_000;

    private final InstantSource clock;
    private final AtomicLong nextMillis = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong unsaid = new AtomicLong();

    ForeignRoomLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns whether a line was written. */
    boolean refused(String socketId, String roomId, String event) {
        long now = clock.millis();
        long next = nextMillis.get();
        if (now < next || !nextMillis.compareAndSet(next, now + INTERVAL_MILLIS)) {
            unsaid.incrementAndGet();
            return false;
        }
        LOG.warn(
                "socket {} sent {} into room {} that it is not in ({} more like that were not logged)",
                socketId,
                event,
                roomId,
                unsaid.getAndSet(0));
        return true;
    }
}
