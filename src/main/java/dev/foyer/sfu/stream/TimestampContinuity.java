package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.SequenceNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Maps the timestamps of changing sources onto one series. A source keeps its offset through pauses. At a switch the
 * first packet of the new source gets the timestamp that its capture time has in the series: by the sender reports of
 * both sources, which share the sender's wall clock, or, where one has none or they contradict the clock on the wall
 * here by over a second, by the time that has passed here. It is always behind everything that went out.
 */
@HotPath
final class TimestampContinuity {
    private final int clockRate;
    private @Nullable RtpStreamReceiver source;
    private long offset;
    private long highest;
    private long highestNanos;
    private boolean started;

    TimestampContinuity(int clockRate) {
        this.clockRate = clockRate;
    }

    /** The source whose timestamps are mapped, null before the first and between two senders. */
    @Nullable
    RtpStreamReceiver source() {
        return source;
    }

    /** Lets the source go. The next one is another sender's, whose wall clock need not agree. */
    void leaveSource() {
        source = null;
    }

    /** Takes over a source whose first forwarded packet has this timestamp. */
    void switchTo(RtpStreamReceiver next, long timestamp, long nowNanos) {
        RtpStreamReceiver previous = source;
        source = next;
        if (!started || previous == next) {
            return;
        }
        long byArrival = SequenceNumbers.addTimestamp(highest, NtpTime.ticks(nowNanos - highestNanos, clockRate));
        long wanted = byArrival;
        if (previous != null && previous.hasSenderReport() && next.hasSenderReport()) {
            long byReports = byReports(previous, next, timestamp);
            if (Math.abs((long) SequenceNumbers.timestampDistance(byReports, byArrival)) <= clockRate) {
                wanted = byReports;
            }
        }
        long earliest = SequenceNumbers.addTimestamp(highest, Math.max(1, clockRate / 1000));
        if (SequenceNumbers.isNewerTimestamp(earliest, wanted)) {
            wanted = earliest;
        }
        offset = (wanted - timestamp) & 0xFFFF_FFFFL;
    }

    /** Where the previous source's clock, as it was mapped, stands at the wall clock time of {@code timestamp}. */
    private long byReports(RtpStreamReceiver previous, RtpStreamReceiver next, long timestamp) {
        long sinceReport = SequenceNumbers.timestampDistance(timestamp, next.reportTimestamp());
        long ntpDistance = next.reportNtp() - previous.reportNtp();
        long distance = NtpTime.ticks(NtpTime.toNanos(ntpDistance), clockRate) + sinceReport;
        return SequenceNumbers.addTimestamp(previous.reportTimestamp(), distance + offset);
    }

    /** The timestamp in the series; does not count as sent. */
    long map(long timestamp) {
        return SequenceNumbers.addTimestamp(timestamp, offset);
    }

    /** Notes what went out. */
    void sent(long timestamp, long nowNanos) {
        if (!started || SequenceNumbers.isNewerTimestamp(timestamp, highest)) {
            started = true;
            highest = timestamp;
            highestNanos = nowNanos;
        }
    }
}
