package dev.foyer.room;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the ends of a mesh's links say about them, and whether that speaks against the mesh. */
final class MeshLinks {
    static final long NEVER = Long.MAX_VALUE;

    private final double lossThreshold;
    private final long lossForNanos;
    private final Map<End, State> ends = new HashMap<>();

    MeshLinks(double lossThreshold, Duration lossFor) {
        this.lossThreshold = lossThreshold;
        this.lossForNanos = lossFor.toNanos();
    }

    void report(String from, LinkReport report, long nowNanos) {
        State state = ends.computeIfAbsent(new End(from, report.peerId()), _ -> new State());
        Double loss = report.loss();
        if (loss != null) {
            boolean lossy = loss > lossThreshold;
            if (lossy && !state.lossy) {
                state.lossySinceNanos = nowNanos;
            }
            state.lossy = lossy;
        }
        Boolean relayed = report.relayed();
        if (relayed != null) {
            state.relayed = relayed;
        }
    }

    void forget(String participantId) {
        ends.keySet().removeIf(end -> end.from.equals(participantId) || end.to.equals(participantId));
    }

    void clear() {
        ends.clear();
    }

    @Nullable
    TopologyReason trigger(long nowNanos) {
        for (Map.Entry<End, State> entry : ends.entrySet()) {
            if (lossyDelayNanos(entry.getValue(), nowNanos) == 0) {
                return TopologyReason.LINK_LOSSY;
            }
            End end = entry.getKey();
            State other = ends.get(new End(end.to, end.from));
            if (entry.getValue().relayed && other != null && other.relayed) {
                return TopologyReason.LINK_RELAYED;
            }
        }
        return null;
    }

    /** How long until a link that is lossy now has been so for long enough, {@link #NEVER} when none is. */
    long delayNanos(long nowNanos) {
        long least = NEVER;
        for (State state : ends.values()) {
            least = Math.min(least, lossyDelayNanos(state, nowNanos));
        }
        return least;
    }

    private long lossyDelayNanos(State state, long nowNanos) {
        return state.lossy ? Math.max(0, lossForNanos - (nowNanos - state.lossySinceNanos)) : NEVER;
    }

    private record End(String from, String to) {}

    private static final class State {
        private boolean lossy;
        private long lossySinceNanos;
        private boolean relayed;
    }
}
