package dev.foyer.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long changes of rooms' topology took, from the announcement until everybody had the new path. May be used from any thread.
 */
public final class SwitchTimes {
    private static final List<Duration> SWITCH_BOUNDS = bounds(50, 100, 200, 300, 500, 750, 1000, 2000, 5000, 10_000);

    private final Map<Key, DurationHistogram> switches = new ConcurrentHashMap<>();

    /** With the usual changes there from the start, so that a chart knows of them before the first. */
    SwitchTimes() {
        switches.put(new Key(TopologyMode.SFU, TopologyReason.PARTICIPANTS), new DurationHistogram(SWITCH_BOUNDS));
        switches.put(new Key(TopologyMode.P2P, TopologyReason.QUIET), new DurationHistogram(SWITCH_BOUNDS));
    }

    /** Where a room's media went and why. */
    public record Key(TopologyMode mode, TopologyReason reason) {}

    void committed(Topology topology, long nanos) {
        switches.computeIfAbsent(new Key(topology.mode(), topology.reason()), _ -> new DurationHistogram(SWITCH_BOUNDS))
                .add(nanos);
    }

    /** The durations of changes, by where the media went and why; most kinds that never happened are left out. */
    public Map<Key, DurationHistogram> switches() {
        return Map.copyOf(switches);
    }

    private static List<Duration> bounds(int... millis) {
        List<Duration> bounds = new ArrayList<>();
        for (int bound : millis) {
            bounds.add(Duration.ofMillis(bound));
        }
        return List.copyOf(bounds);
    }
}
