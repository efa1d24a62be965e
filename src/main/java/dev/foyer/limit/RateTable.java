package dev.foyer.limit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A {@link Rate} for each of any number of keys, in memory of fixed size. Safe for use from any thread.
 *
 * <p>A key has eight places where its bucket may be. It takes one whose bucket is full: forgetting that one's owner changes
 * nothing for it. A bucket that is not full is never given up, so nobody gets a fresh one by making the table overflow. When
 * all eight are in use, a newcomer shares the fullest: under a flood from more addresses than there are places, those that
 * were here before keep their own, and those that come have to share.
 */
public final class RateTable {
    private static final int WAYS = 8;
    private static final int LOCKS = 64;

    private final Rate rate;
    private final KeyedHash hash;
    private final long[] tags;
    private final long[] fullAtNanos;
    private final Object[] locks = new Object[LOCKS];
    private final int setMask;

    /**
     * Makes a table in which everybody's bucket is full.
     *
     * @param capacity places, a power of two from 8; 16 bytes each
     * @param random where the secret of the hash comes from; nobody may be able to guess it
     */
    public RateTable(Rate rate, int capacity, RandomGenerator random, long nowNanos) {
        if (capacity < WAYS || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("no power of two from 8: " + capacity);
        }
        this.rate = rate;
        this.hash = new KeyedHash(random.nextLong(), random.nextLong());
        this.tags = new long[capacity];
        this.fullAtNanos = new long[capacity];
        this.setMask = capacity / WAYS - 1;
        Arrays.fill(fullAtNanos, nowNanos);
        Arrays.setAll(locks, _ -> new Object());
    }

    /**
     * Takes one from a key's bucket.
     *
     * @return 0 when there was one, else nanoseconds until there is; nothing is taken then
     */
    public long take(byte[] key, long nowNanos) {
        long tag = hash.of(key);
        int set = set(tag);
        synchronized (lock(set)) {
            int place = place(set, tag, nowNanos);
            long wait = rate.waitNanos(fullAtNanos[place], nowNanos);
            if (wait == 0) {
                fullAtNanos[place] = rate.taken(fullAtNanos[place], nowNanos);
            }
            return wait;
        }
    }

    /** Puts back what {@link #take} has just taken for a key. */
    public void giveBack(byte[] key) {
        long tag = hash.of(key);
        int set = set(tag);
        synchronized (lock(set)) {
            for (int place = set * WAYS; place < (set + 1) * WAYS; place++) {
                if (tags[place] == tag) {
                    fullAtNanos[place] = rate.givenBack(fullAtNanos[place]);
                    return;
                }
            }
        }
    }

    private int set(long tag) {
        return (int) (tag >>> 32) & setMask;
    }

    private Object lock(int set) {
        return locks[set % LOCKS];
    }

    private int place(int set, long tag, long nowNanos) {
        int fullest = set * WAYS;
        for (int place = set * WAYS; place < (set + 1) * WAYS; place++) {
            if (tags[place] == tag) {
                return place;
            }
            if (fullAtNanos[place] - fullAtNanos[fullest] < 0) {
                fullest = place;
            }
        }
        if (fullAtNanos[fullest] - nowNanos <= 0) {
            tags[fullest] = tag;
        }
        return fullest;
    }
}
