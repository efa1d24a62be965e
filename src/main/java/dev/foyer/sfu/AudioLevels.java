package dev.foyer.sfu;

import dev.foyer.protocol.HotPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the loudness of a router's audio producers over an interval, from the level that each packet carries (RFC
 * 6464), and ranks who was heard.
 */
final class AudioLevels {
    static final long INTERVAL_NANOS = 300_000_000L;

    /** Quieter than this is background, in dBov. */
    static final int THRESHOLD = -60;

    /** Packets that a producer must have sent in an interval to count: less than that is a click. */
    private static final int MINIMUM_PACKETS = 5;

    private final List<Meter> meters = new ArrayList<>();
    private long dueNanos;
    private boolean heardBefore;

    AudioLevels(long nowNanos) {
        dueNanos = nowNanos + INTERVAL_NANOS;
    }

    Meter open(String producerId) {
        Meter meter = new Meter(producerId);
        meters.add(meter);
        return meter;
    }

    void close(Meter meter) {
        meters.remove(meter);
    }

    /**
     * Who was heard, loudest first, when an interval has passed; an empty map once after the last was heard, else
     * null.
     */
    @Nullable
    Map<String, Integer> due(long nowNanos) {
        if (nowNanos - dueNanos < 0) {
            return null;
        }
        dueNanos = nowNanos + INTERVAL_NANOS;
        boolean heard = false;
        for (int i = 0; i < meters.size(); i++) {
            heard |= meters.get(i).audible();
        }
        Map<String, Integer> levels = heard || heardBefore ? ranked() : null;
        heardBefore = heard;
        for (int i = 0; i < meters.size(); i++) {
            meters.get(i).reset();
        }
        return levels;
    }

    private Map<String, Integer> ranked() {
        Map<String, Integer> levels = new LinkedHashMap<>();
        meters.stream()
                .filter(Meter::audible)
                .sorted(Comparator.comparingInt(Meter::level).reversed())
                .forEach(meter -> levels.put(meter.producerId, meter.level()));
        return levels;
    }

    /** The loudness of one producer within the current interval. */
    @HotPath
    static final class Meter {
        private final String producerId;
        private int packets;
        private int sum;

        private Meter(String producerId) {
            this.producerId = producerId;
        }

        /**
         * Adds a packet.
         *
         * @param level 0 (loudest) to 127 (silence), as negative dBov
         */
        void add(int level) {
            packets++;
            sum -= level;
        }

        int level() {
            return packets == 0 ? -127 : sum / packets;
        }

        boolean audible() {
            return packets >= MINIMUM_PACKETS && level() > THRESHOLD;
        }

        void reset() {
            packets = 0;
            sum = 0;
        }
    }
}
