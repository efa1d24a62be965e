package dev.foyer.http;

import java.time.Duration;

/**
 * How long and how large what a client sends over HTTP may be.
 *
 * @param headTimeout from the connection, or the end of the TLS handshake, to the end of the first request's head
 * @param bodyTimeout from there to the end of the request's body
 * @param idleTimeout between two requests: from one's answer to the end of the next one's head
 * @param maxHeaderBytes of all header fields of a request, and of its first line
 */
public record ConnectionSettings(Duration headTimeout, Duration bodyTimeout, Duration idleTimeout, int maxHeaderBytes) {
    public ConnectionSettings {
        if (!headTimeout.isPositive() || !bodyTimeout.isPositive() || !idleTimeout.isPositive() || maxHeaderBytes < 1) {
            throw new IllegalArgumentException("times and sizes must be positive");
        }
    }

    /** 10 s, 30 s, 75 s, 8 KB. */
    public static ConnectionSettings defaults() {
        return new ConnectionSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(75), 8_192);
    }
}
