package dev.foyer.sfu;

import dev.foyer.protocol.ice.Tuple;

/** Where a worker leaves its datagrams. Called on the worker's thread. */
@FunctionalInterface
public interface PacketOutput {
    /** Sends a datagram, or drops it when the way is blocked. The bytes are borrowed until return. */
    void send(Tuple tuple, byte[] buffer, int offset, int length);

    /** No transport uses a path any more: a connection that was only for it may be closed. */
    default void pathEnded(Tuple tuple) {}
}
