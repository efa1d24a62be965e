package dev.foyer.protocol.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An ICE candidate (RFC 8839 section 5.1). All its extensions but the TCP type are left out.
 *
 * @param foundation 1 to 32 ice-chars
 * @param component 1 to 256
 * @param protocol lower case: {@code udp} or {@code tcp}
 * @param priority 32 bits unsigned
 * @param address IP address or name
 * @param port 0 to 65535
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param tcpType {@code active}, {@code passive} or {@code so} for TCP (RFC 6544), else null
 */
public record Candidate(
        String foundation,
        int component,
        String protocol,
        long priority,
        String address,
        int port,
        String type,
        @Nullable String tcpType) {

    /** Leaves the address out. */
    @Override
    public String toString() {
        return "Candidate[" + protocol + " " + type + "]";
    }
}
