package dev.foyer.room;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by size. May be used from any thread. */
public final class DurationHistogram {
    private final long[] boundNanos;
    private final LongAdder[] counts;
    private final LongAdder sumNanos = new LongAdder();

    /** Makes an empty one; a duration counts for the first bound that it does not exceed, else for the last bucket. */
    DurationHistogram(List<Duration> ascendingBounds) {
        boundNanos = ascendingBounds.stream().mapToLong(Duration::toNanos).toArray();
        counts = new LongAdder[boundNanos.length + 1];
        Arrays.setAll(counts, _ -> new LongAdder());
    }

    void add(long nanos) {
        int bucket = 0;
        while (bucket < boundNanos.length && nanos > boundNanos[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sumNanos.add(nanos);
    }

    /** Upper bounds of the buckets in seconds, the last one infinite. */
    public List<Double> boundsSeconds() {
        Double[] bounds = new Double[counts.length];
        for (int i = 0; i < boundNanos.length; i++) {
            bounds[i] = boundNanos[i] / 1e9;
        }
        bounds[boundNanos.length] = Double.POSITIVE_INFINITY;
        return List.of(bounds);
    }

    /** How many durations fell into each bucket, and into no lower one. */
    public List<Long> counts() {
        return Arrays.stream(counts).map(LongAdder::sum).toList();
    }

    /** Sum of all durations. */
    public double sumSeconds() {
        return sumNanos.sum() / 1e9;
    }
}
