package dev.foyer.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how often somebody may ask: a token bucket for each, for as many as are remembered. Safe for use from any
 * thread.
 */
final class RequestRate {
    private static final int MAX_REMEMBERED = 10_000;

    private final double burst;
    private final double perMilli;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /**
     * @param burst requests that may come at once
     * @param perSecond requests that may come for ever
     */
    RequestRate(int burst, int perSecond) {
        this.burst = burst;
        this.perMilli = perSecond / 1_000.0;
    }

    /** Counts a request; false when it is one too many. */
    synchronized boolean admits(String key, long nowMillis) {
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(burst, nowMillis));
        long passed = Math.max(0, nowMillis - bucket.atMillis);
        bucket.left = Math.min(burst, bucket.left + passed * perMilli);
        bucket.atMillis = nowMillis;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }

    private static final class Bucket {
        private double left;
        private long atMillis;

        private Bucket(double left, long atMillis) {
            this.left = left;
            this.atMillis = atMillis;
        }
    }
}
