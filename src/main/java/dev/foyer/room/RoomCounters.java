package dev.foyer.room;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened in all rooms of a node since it started. May be read from any thread. */
public final class RoomCounters {
    private final LongAdder roomsOpened = new LongAdder();
    private final Map<TopologyMode, Map<TopologyReason, LongAdder>> changes = new EnumMap<>(TopologyMode.class);

    RoomCounters() {
        for (TopologyMode mode : TopologyMode.values()) {
            Map<TopologyReason, LongAdder> reasons = new EnumMap<>(TopologyReason.class);
            for (TopologyReason reason : TopologyReason.values()) {
                reasons.put(reason, new LongAdder());
            }
            changes.put(mode, reasons);
        }
    }

    /** Rooms opened. */
    public long roomsOpened() {
        return roomsOpened.sum();
    }

    /** Changes of a room's topology towards a mode for a reason, those that were taken back included. */
    public long changes(TopologyMode mode, TopologyReason reason) {
        return adder(mode, reason).sum();
    }

    void opened() {
        roomsOpened.increment();
    }

    void changed(Topology topology) {
        adder(topology.mode(), topology.reason()).increment();
    }

    private LongAdder adder(TopologyMode mode, TopologyReason reason) {
        Map<TopologyReason, LongAdder> reasons = changes.get(mode);
        LongAdder adder = reasons == null ? null : reasons.get(reason);
        if (adder == null) {
            throw new IllegalStateException("every mode and reason has its counter");
        }
        return adder;
    }
}
