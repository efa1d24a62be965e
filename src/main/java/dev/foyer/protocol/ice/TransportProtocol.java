package dev.foyer.protocol.ice;

/** What carries the packets of a {@link Tuple}. */
public enum TransportProtocol {
    UDP,
    TCP
}
