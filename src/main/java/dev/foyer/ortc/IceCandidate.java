package dev.foyer.ortc;

import org.jspecify.annotations.Nullable;

/**
 * An ICE candidate of the server.
 *
 * @param foundation groups candidates of one base (RFC 8445 section 5.1.1.3)
 * @param priority 32 bits unsigned
 * @param address IP address as text
 * @param ip the same, as older mediasoup clients read it
 * @param protocol {@code udp} or {@code tcp}
 * @param port 1 to 65535
 * @param type {@code host}
 * @param tcpType {@code passive} for TCP, else null
 */
public record IceCandidate(
        String foundation,
        long priority,
        String address,
        String ip,
        String protocol,
        int port,
        String type,
        @Nullable String tcpType) {}
