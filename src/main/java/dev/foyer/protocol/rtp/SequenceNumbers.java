package dev.foyer.protocol.rtp;

import dev.foyer.protocol.HotPath;

/**
 * Arithmetic of 16 bit sequence numbers and 32 bit timestamps that wrap (RFC 3550 section 5.1, RFC 1982). Sequence
 * numbers are ints of 0 to 65535, timestamps longs of 0 to 2^32 - 1.
 */
@HotPath
public final class SequenceNumbers {
    /** One more than the highest sequence number. */
    public static final int MODULUS = 1 << 16;

    private SequenceNumbers() {}

    /**
     * Signed distance {@code a - b} in -32768 to 32767: positive when {@code a} is the newer one. At exactly half the
     * circle the answer is -32768 both ways, so neither is newer.
     */
    public static int distance(int a, int b) {
        return (short) (a - b);
    }

    /** Whether {@code a} comes after {@code b} on the shorter way round. */
    public static boolean isNewer(int a, int b) {
        return distance(a, b) > 0;
    }

    /** Adds any positive or negative delta. */
    public static int add(int sequenceNumber, int delta) {
        return (sequenceNumber + delta) & 0xFFFF;
    }

    /** The number after this one. */
    public static int next(int sequenceNumber) {
        return add(sequenceNumber, 1);
    }

    /** Signed distance {@code a - b} of two timestamps, -2^31 to 2^31 - 1. */
    public static int timestampDistance(long a, long b) {
        return (int) (a - b);
    }

    /** Whether timestamp {@code a} comes after {@code b} on the shorter way round. */
    public static boolean isNewerTimestamp(long a, long b) {
        return timestampDistance(a, b) > 0;
    }

    /** Adds any positive or negative delta to a timestamp. */
    public static long addTimestamp(long timestamp, long delta) {
        return (timestamp + delta) & 0xFFFF_FFFFL;
    }
}
