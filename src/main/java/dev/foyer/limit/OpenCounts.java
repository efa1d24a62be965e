package dev.foyer.limit;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what each key has open, up to a limit. Remembers a key for as long as it has something open, and so needs no more
 * memory than what is open does. Safe for use from any thread.
 */
public final class OpenCounts {
    private final int limit;
    private final LongAdder refused = new LongAdder();
    private final ConcurrentHashMap<ByteBuffer, Integer> open = new ConcurrentHashMap<>();

    /**
     * Nothing is open yet.
     *
     * @param limit how many a key may have; 0 for any number
     */
    public OpenCounts(int limit) {
        this.limit = limit;
    }

    /** Counts one, unless the key has too many. */
    public boolean enter(byte[] key) {
        if (limit == 0) {
            return true;
        }
        boolean[] entered = new boolean[1];
        open.compute(ByteBuffer.wrap(key), (_, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        if (!entered[0]) {
            refused.increment();
        }
        return entered[0];
    }

    /** Whether {@link #enter} would refuse; counted as a refusal if so. */
    public boolean isFull(byte[] key) {
        Integer count = open.get(ByteBuffer.wrap(key));
        boolean full = limit > 0 && count != null && count >= limit;
        if (full) {
            refused.increment();
        }
        return full;
    }

    /** Takes back what {@link #enter} counted. */
    public void leave(byte[] key) {
        if (limit > 0) {
            open.computeIfPresent(ByteBuffer.wrap(key), (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** How often a key had too many. */
    public long refused() {
        return refused.sum();
    }

    /** How many keys have something open. */
    public int keys() {
        return open.size();
    }
}
