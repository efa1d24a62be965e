package dev.foyer.app;

/**
 * A bitrate of late, from a counter of bytes. Sampled by one thread, read by any.
 */
final class BitrateGauge {
    private static final double NANOS_PER_SECOND = 1e9;

    private boolean started;
    private long bytes;
    private long sampledNanos;
    private volatile double bitrateBps;

    /** Takes the counter's value, about once a second. A counter that fell begins anew. */
    void sample(long totalBytes, long nowNanos) {
        long elapsed = nowNanos - sampledNanos;
        if (started && elapsed > 0) {
            bitrateBps = Math.max(0, totalBytes - bytes) * Byte.SIZE * NANOS_PER_SECOND / elapsed;
        }
        started = true;
        bytes = totalBytes;
        sampledNanos = nowNanos;
    }

    /** Bits per second between the last two samples; 0 before the second. */
    double bitrateBps() {
        return bitrateBps;
    }
}
