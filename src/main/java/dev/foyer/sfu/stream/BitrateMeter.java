package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import java.util.Arrays;

/** Bits per second over the last second, in twenty slices of 50 ms. */
@HotPath
public final class BitrateMeter {
    private static final int SLICES = 20;
    private static final long SLICE_NANOS = 50_000_000;

    private final long[] bytes = new long[SLICES];
    private long newestSlice = Long.MIN_VALUE;
    private long sum;

    /** A meter at zero. */
    public BitrateMeter() {}

    /** Counts bytes that came or went now. */
    public void add(int byteCount, long nowNanos) {
        advance(nowNanos);
        bytes[(int) Math.floorMod(newestSlice, (long) SLICES)] += byteCount;
        sum += byteCount;
    }

    /** The rate of the second that ends now. */
    public long bitrateBps(long nowNanos) {
        advance(nowNanos);
        return sum * 8;
    }

    private void advance(long nowNanos) {
        long slice = Math.floorDiv(nowNanos, SLICE_NANOS);
        if (newestSlice == Long.MIN_VALUE || slice - newestSlice >= SLICES) {
            Arrays.fill(bytes, 0);
            sum = 0;
            newestSlice = slice;
        }
        while (newestSlice < slice) {
            newestSlice++;
            int index = (int) Math.floorMod(newestSlice, (long) SLICES);
            sum -= bytes[index];
            bytes[index] = 0;
        }
    }
}
