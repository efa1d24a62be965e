package dev.foyer.socketio;

import java.time.Duration;

/**
 * What one client may use.
 *
 * @param maxPayload bytes of one WebSocket message or one POST body
 * @param maxAttachments binary attachments of one packet
 * @param maxBufferedBytes bytes that wait for a slow reader before its connection is closed
 * @param maxConnectionsPerAddress open connections of one address; 0 for no limit
 * @param eventsPerSecond events that a socket may send for long
 * @param eventBurst events that it may send at once
 * @param floodTimeout how long it may stay above its rate before it is disconnected
 */
public record LimitOptions(
        int maxPayload,
        int maxAttachments,
        int maxBufferedBytes,
        int maxConnectionsPerAddress,
        int eventsPerSecond,
        int eventBurst,
        Duration floodTimeout) {
    /** 1 MB, 10 attachments, 4 MB buffered, 1,000 connections, 100 events/s in bursts of 300, 10 s above. */
    public static LimitOptions defaults() {
        return new LimitOptions(1_000_000, 10, 4_000_000, 1_000, 100, 300, Duration.ofSeconds(10));
    }

    public LimitOptions {
        if (maxPayload < 1
                || maxAttachments < 0
                || maxBufferedBytes < 1
                || maxConnectionsPerAddress < 0
                || eventsPerSecond < 1
                || eventBurst < 1
                || !floodTimeout.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** A copy with another {@code maxPayload}. */
    public LimitOptions withMaxPayload(int bytes) {
        return new LimitOptions(
                bytes,
                maxAttachments,
                maxBufferedBytes,
                maxConnectionsPerAddress,
                eventsPerSecond,
                eventBurst,
                floodTimeout);
    }

    /** A copy with another {@code maxBufferedBytes}. */
    public LimitOptions withMaxBufferedBytes(int bytes) {
        return new LimitOptions(
                maxPayload, maxAttachments, bytes, maxConnectionsPerAddress, eventsPerSecond, eventBurst, floodTimeout);
    }

    /** A copy with another {@code maxConnectionsPerAddress}. */
    public LimitOptions withMaxConnectionsPerAddress(int connections) {
        return new LimitOptions(
                maxPayload, maxAttachments, maxBufferedBytes, connections, eventsPerSecond, eventBurst, floodTimeout);
    }

    /** A copy with other event rates. */
    public LimitOptions withEventRate(int perSecond, int burst, Duration flood) {
        return new LimitOptions(
                maxPayload, maxAttachments, maxBufferedBytes, maxConnectionsPerAddress, perSecond, burst, flood);
    }
}
