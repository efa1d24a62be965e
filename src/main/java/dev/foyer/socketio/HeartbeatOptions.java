package dev.foyer.socketio;

import java.time.Duration;

/**
 * Times of a connection, all positive.
 *
 * @param pingInterval between a pong and the next ping
 * @param pingTimeout how long a pong may take before the connection counts as lost
 * @param upgradeTimeout how long an upgrade to WebSocket may take before it is given up
 * @param connectTimeout how long a connection may stay without a namespace
 */
public record HeartbeatOptions(
        Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, Duration connectTimeout) {
    /** The times of the official server. */
    public static HeartbeatOptions defaults() {
        return new HeartbeatOptions(
                Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(45));
    }

    public HeartbeatOptions {
        if (!pingInterval.isPositive()
                || !pingTimeout.isPositive()
                || !upgradeTimeout.isPositive()
                || !connectTimeout.isPositive()) {
            throw new IllegalArgumentException("heartbeat times must be positive");
        }
    }
}
