package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;

/** NTP timestamps: seconds in the upper 32 bits, fraction of a second in the lower (RFC 3550 section 4). */
@HotPath
public final class NtpTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /** A duration as NTP difference; exact to a quarter of a nanosecond for up to 68 years. */
    public static long fromNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return (seconds << 32) + (rest << 32) / NANOS_PER_SECOND;
    }

    /** An NTP difference of up to 68 years as nanoseconds. */
    public static long toNanos(long ntp) {
        return (ntp >> 32) * NANOS_PER_SECOND + (((ntp & 0xFFFF_FFFFL) * NANOS_PER_SECOND) >>> 32);
    }

    /** The middle 32 bits, as LSR has them. */
    public static long compact(long ntp) {
        return (ntp >>> 16) & 0xFFFF_FFFFL;
    }

    /** A duration of 0 to 18 hours in 1/65536 s, as DLSR has it. */
    public static long compactFromNanos(long nanos) {
        return Math.max(0, fromNanos(nanos)) >>> 16 & 0xFFFF_FFFFL;
    }

    /** The nanoseconds of a compact difference. */
    public static long compactToNanos(long compact) {
        return toNanos(compact << 16);
    }

    /** A duration in ticks of a clock, rounded down. */
    public static long ticks(long nanos, int clockRate) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return seconds * clockRate + rest * clockRate / NANOS_PER_SECOND;
    }

    /** Ticks of a clock as nanoseconds, rounded down. */
    public static long nanos(long ticks, int clockRate) {
        return Math.floorDiv(ticks, clockRate) * NANOS_PER_SECOND
                + Math.floorMod(ticks, clockRate) * NANOS_PER_SECOND / clockRate;
    }
}
