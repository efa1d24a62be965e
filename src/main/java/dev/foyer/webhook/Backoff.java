package dev.foyer.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time up to a limit, and somewhere between half of that and
 * all of it, so that endpoints that failed together are not asked together.
 */
final class Backoff {
    private static final int MAX_DOUBLINGS = 40;

    private final long firstNanos;
    private final long mostNanos;
    private final RandomGenerator random;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.firstNanos = first.toNanos();
        this.mostNanos = most.toNanos();
        this.random = random;
    }

    /**
     * The wait after some failures in a row.
     *
     * @param failures 1 or more
     * @param askedSeconds what the endpoint asked for; kept to when it is longer, up to the limit
     * @return nanoseconds
     */
    long delayNanos(int failures, long askedSeconds) {
        long span = firstNanos;
        for (int i = 1; i < Math.min(failures, MAX_DOUBLINGS) && span < mostNanos; i++) {
            span *= 2;
        }
        span = Math.max(2, Math.min(span, mostNanos));
        long asked =
                Math.min(Math.max(0, askedSeconds), Duration.ofNanos(mostNanos).toSeconds());
        return Math.max(
                span / 2 + random.nextLong(span / 2 + 1),
                Duration.ofSeconds(asked).toNanos());
    }
}
