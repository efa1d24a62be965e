package dev.foyer.room;

import java.util.Set;

/** What {@link TopologyPolicy} decided, in order. */
sealed interface TopologyStep {
    /** A new way is to be built, under a new epoch. */
    record Changed(Topology topology) implements TopologyStep {}

    /** The way of the last change holds. */
    record Committed(Topology topology) implements TopologyStep {}

    /**
     * Nobody reached the SFU: the mesh goes on under a new epoch, which holds at once.
     *
     * @param removed who joined since the change began, has no part in the mesh and must leave
     */
    record Aborted(Topology topology, Set<String> removed) implements TopologyStep {}
}
