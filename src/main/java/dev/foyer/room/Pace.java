package dev.foyer.room;

/** How often something may happen: a bucket that starts full. Times may wrap, as those of {@link RoomLoop#nowNanos} do. */
final class Pace {
    private final long intervalNanos;
    private final int burst;
    private int left;
    private long refilledAtNanos;
    private boolean begun;

    /**
     * @param intervalNanos after how long one more may happen
     * @param burst how often at once
     */
    Pace(long intervalNanos, int burst) {
        this.intervalNanos = intervalNanos;
        this.burst = burst;
        this.left = burst;
    }

    /** Counts one; throws {@code RATE_LIMITED} when it is one too many. */
    void require(long nowNanos) {
        if (!begun) {
            begun = true;
            refilledAtNanos = nowNanos;
        }
        long gained = (nowNanos - refilledAtNanos) / intervalNanos;
        if (gained > 0) {
            left = (int) Math.min(burst, left + gained);
            refilledAtNanos += gained * intervalNanos;
        }
        if (left == 0) {
            throw new RoomException(RoomErrorCode.RATE_LIMITED);
        }
        left--;
    }
}
