package dev.foyer.protocol.ice;

import java.net.InetSocketAddress;

/**
 * One path on which packets of a peer arrive.
 *
 * @param local the server's end
 * @param remote the peer's end as seen from here, resolved
 */
public record Tuple(TransportProtocol protocol, InetSocketAddress local, InetSocketAddress remote) {
    /** Leaves the addresses out, so that they cannot reach a log line. */
    @Override
    public String toString() {
        return "Tuple[" + protocol + "]";
    }
}
