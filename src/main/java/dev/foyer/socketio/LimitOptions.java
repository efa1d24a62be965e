package dev.foyer.socketio;

import dev.foyer.limit.Rate;
import java.time.Duration;

/**
 * What one client may use.
 *
 * @param maxPayload bytes of one WebSocket message or one POST body
 * @param maxAttachments binary attachments of one packet
 * @param maxBufferedBytes bytes that wait for a slow reader before its connection is closed
 * @param events events that a socket may send
 * @param floodTimeout how long it may stay above its rate before it is disconnected
 */
public record LimitOptions(
        int maxPayload, int maxAttachments, int maxBufferedBytes, Rate events, Duration floodTimeout) {
    /** 1 MB, 10 attachments, 4 MB buffered, 100 events/s in bursts of 300, 10 s above. */
    public static LimitOptions defaults() {
        return new LimitOptions(1_000_000, 10, 4_000_000, new Rate(100, 300), Duration.ofSeconds(10));
    }

    public LimitOptions {
        if (maxPayload < 1
                || maxAttachments < 0
                || maxBufferedBytes < 1
                || events.isUnlimited()
                || !floodTimeout.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** A copy with another {@code maxPayload}. */
    public LimitOptions withMaxPayload(int bytes) {
        return new LimitOptions(bytes, maxAttachments, maxBufferedBytes, events, floodTimeout);
    }

    /** A copy with another {@code maxBufferedBytes}. */
    public LimitOptions withMaxBufferedBytes(int bytes) {
        return new LimitOptions(maxPayload, maxAttachments, bytes, events, floodTimeout);
    }

    /** A copy with other event rates. */
    public LimitOptions withEvents(Rate rate, Duration flood) {
        return new LimitOptions(maxPayload, maxAttachments, maxBufferedBytes, rate, flood);
    }
}
