package dev.foyer.room;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds who speaks among those who are heard. Levels are smoothed, so that a cough does not count; somebody else takes
 * over when clearly louder, and not sooner than half a second after the last change.
 */
final class ActiveSpeakers {
    private static final int SILENT = -127;
    private static final double SPEECH = 50;
    private static final double MARGIN = 6;
    private static final double SMOOTHING = 0.5;
    private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<String, Double> loudness = new HashMap<>();
    private @Nullable String speaker;
    private long changedAtNanos;

    /** Takes the levels of one interval; returns who speaks if that is somebody else than before, else null. */
    @Nullable
    String update(List<PeerLevel> levels, long nowNanos) {
        Set<String> heard = new HashSet<>();
        for (PeerLevel level : levels) {
            if (heard.add(level.peerId())) {
                double above = level.level() - SILENT;
                loudness.merge(level.peerId(), above * SMOOTHING, (old, add) -> old * (1 - SMOOTHING) + add);
            }
        }
        loudness.replaceAll((peer, value) -> heard.contains(peer) ? value : value * (1 - SMOOTHING));
        loudness.values().removeIf(value -> value < 1);

        String loudest = null;
        double best = SPEECH;
        for (Map.Entry<String, Double> entry : loudness.entrySet()) {
            if (entry.getValue() > best) {
                best = entry.getValue();
                loudest = entry.getKey();
            }
        }
        if (loudest == null || loudest.equals(speaker)) {
            return null;
        }
        if (speaker != null) {
            double current = loudness.getOrDefault(speaker, 0.0);
            if (best < current + MARGIN || nowNanos - changedAtNanos < HOLD_NANOS) {
                return null;
            }
        }
        speaker = loudest;
        changedAtNanos = nowNanos;
        return loudest;
    }
}
