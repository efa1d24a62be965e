package dev.foyer.protocol.ice;

/**
 * Where an {@link IceLiteAgent} leaves its replies and says what changed; called within the agent's methods, on the
 * caller's thread.
 */
public interface IceOutput {
    /** Sends a datagram. The bytes are borrowed until return. */
    void send(Tuple tuple, byte[] buffer, int offset, int length);

    /** An authentic check came from a path not known so far: packets from there are this agent's from now on. */
    default void tupleAdded(Tuple tuple) {}

    /** A path was dropped: expired, or crowded out by newer ones. */
    default void tupleRemoved(Tuple tuple) {}

    /** Packets to the peer go this way from now on. */
    default void tupleSelected(Tuple tuple) {}

    /** The state is another one; told after the selected tuple. */
    default void stateChanged(IceState state) {}
}
