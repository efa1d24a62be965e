package dev.foyer.limit;

/**
 * A rate with bursts, kept by the generic cell rate algorithm: all that is known of a user is one instant, the one at which
 * its bucket is full again. An instant in the past says as much as never having seen the user, which is what lets a
 * {@link RateTable} forget it.
 *
 * <p>Instants are those of {@link System#nanoTime}: they may be negative and are only ever subtracted.
 *
 * @param perSecond how often for long; 0 for no limit, else 0.001 to 1,000,000
 * @param burst how often at once, 1 to 1,000,000; 0 when there is no limit
 */
public record Rate(double perSecond, int burst) {
    /** No limit. */
    public static final Rate UNLIMITED = new Rate(0, 0);

    private static final double LEAST = 0.001;
    private static final int MOST = 1_000_000;

    public Rate {
        boolean unlimited = perSecond == 0 && burst == 0;
        boolean limited = perSecond >= LEAST && perSecond <= MOST && burst >= 1 && burst <= MOST;
        if (!unlimited && !limited) {
            throw new IllegalArgumentException("no rate: " + perSecond + " a second, " + burst + " at once");
        }
    }

    /** Whether everything is let through. */
    public boolean isUnlimited() {
        return perSecond == 0;
    }

    /** Nanoseconds until one more is let through, 0 when it is now. */
    public long waitNanos(long fullAtNanos, long nowNanos) {
        return waitNanos(fullAtNanos, nowNanos, 0);
    }

    /**
     * The same with a larger bucket.
     *
     * @param extra by how much the burst is larger, 0 or more
     */
    public long waitNanos(long fullAtNanos, long nowNanos, int extra) {
        if (isUnlimited()) {
            return 0;
        }
        long missing = Math.max(0, fullAtNanos - nowNanos);
        return Math.max(0, missing - (burst - 1L + extra) * intervalNanos());
    }

    /** The instant to remember once one more was let through. */
    public long taken(long fullAtNanos, long nowNanos) {
        return isUnlimited() ? nowNanos : (fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos) + intervalNanos();
    }

    /** The instant to remember when what was let through did not happen after all. */
    public long givenBack(long fullAtNanos) {
        return isUnlimited() ? fullAtNanos : fullAtNanos - intervalNanos();
    }

    /** The instant as it would be had a larger bucket, which is none any more, never been used. */
    public long bounded(long fullAtNanos, long nowNanos, int extra) {
        long latest = nowNanos + (burst + (long) extra) * intervalNanos();
        return fullAtNanos - latest > 0 ? latest : fullAtNanos;
    }

    private long intervalNanos() {
        return (long) (1e9 / perSecond);
    }
}
