package dev.foyer.room;

/**
 * Where a room's media runs, or is about to.
 *
 * @param mode the way
 * @param epoch number of the change that led here; strictly increasing within a room, from 1
 * @param reason why
 * @param committed false while the participants still build the new path beside the old one
 */
public record Topology(TopologyMode mode, long epoch, TopologyReason reason, boolean committed) {
    Topology asCommitted() {
        return new Topology(mode, epoch, reason, true);
    }
}
