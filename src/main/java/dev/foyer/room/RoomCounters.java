package dev.foyer.room;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened in all rooms of a node since it started. May be read from any thread. */
public final class RoomCounters {
    private final SwitchTimes switchTimes = new SwitchTimes();
    private final LongAdder roomsOpened = new LongAdder();
    private final LongAdder roomsRefused = new LongAdder();
    private final LongAdder holdingsRefused = new LongAdder();
    private final LongAdder publishLimited = new LongAdder();
    private final Map<TopologyMode, Map<TopologyReason, LongAdder>> changes = new EnumMap<>(TopologyMode.class);

    private final LongAdder crossRoomRefusals = new LongAdder();
    private final Map<Signals, LongAdder> signals = new HashMap<>();

    RoomCounters() {
        for (Dialect dialect : Dialect.values()) {
            for (SignalKind kind : SignalKind.values()) {
                for (SignalOutcome outcome : SignalOutcome.values()) {
                    signals.put(new Signals(dialect, kind, outcome), new LongAdder());
                }
            }
        }
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

    /** How long changes of topology took. */
    public SwitchTimes switchTimes() {
        return switchTimes;
    }

    /** Rooms that were not made because there are too many. */
    public long roomsRefused() {
        return roomsRefused.sum();
    }

    /** Transports, producers and consumers that were not made because a participant or a room has too many. */
    public long holdingsRefused() {
        return holdingsRefused.sum();
    }

    /** Producers paused because too much was published. */
    public long publishLimited() {
        return publishLimited.sum();
    }

    /** Changes of a room's topology towards a mode for a reason, those that were taken back included. */
    public long changes(TopologyMode mode, TopologyReason reason) {
        return adder(mode, reason).sum();
    }

    /** Offers, answers and candidates of plain clients that speak a dialect, by what became of them. */
    public long signals(Dialect dialect, SignalKind kind, SignalOutcome outcome) {
        return adder(new Signals(dialect, kind, outcome)).sum();
    }

    /** Offers, answers and candidates for a room that their sender has no seat in. */
    public long crossRoomRefusals() {
        return crossRoomRefusals.sum();
    }

    void signal(Dialect dialect, SignalKind kind, SignalOutcome outcome) {
        adder(new Signals(dialect, kind, outcome)).increment();
    }

    void crossRoomRefused() {
        crossRoomRefusals.increment();
    }

    void roomRefused() {
        roomsRefused.increment();
    }

    void holdingRefused() {
        holdingsRefused.increment();
    }

    void publishLimit() {
        publishLimited.increment();
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

    private LongAdder adder(Signals which) {
        LongAdder adder = signals.get(which);
        if (adder == null) {
            throw new IllegalStateException("every kind of signal has its counter");
        }
        return adder;
    }

    private record Signals(Dialect dialect, SignalKind kind, SignalOutcome outcome) {}
}
