package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtcp.SourceDescription;
import java.nio.charset.StandardCharsets;

/**
 * Sender reports of a consumer's stream, and the round trip from the reports that come back.
 *
 * <p>The wall clock in them is the original sender's, carried on from its last report, so that the consumer can play
 * audio and video of that sender in sync. Hence the round trip is not read off the clock: each report is remembered with
 * the time when it left here.
 */
@HotPath
final class SenderReportWriter {
    private static final int REMEMBERED = 8;
    private static final long DEFAULT_RTT_NANOS = 100_000_000;
    private static final long LONGEST_RTT_NANOS = 10_000_000_000L;

    private RtpSenderSettings settings;
    private byte[] cname;
    private final long[] sentNtp = new long[REMEMBERED];
    private final long[] sentNanos = new long[REMEMBERED];
    private int sentReports;
    private long packetCount;
    private long byteCount;

    private long rttNanos = DEFAULT_RTT_NANOS;
    private int fractionLost;
    private int remoteLost;

    SenderReportWriter(RtpSenderSettings settings) {
        this.settings = settings;
        this.cname = settings.cname().getBytes(StandardCharsets.UTF_8);
    }

    /** The stream goes on as something else; what was counted and measured stays. */
    void succeed(RtpSenderSettings next) {
        settings = next;
        cname = next.cname().getBytes(StandardCharsets.UTF_8);
    }

    void count(int payloadBytes) {
        packetCount++;
        byteCount += payloadBytes;
    }

    int write(byte[] buffer, int offset, RtpStreamReceiver origin, TimestampContinuity time, long nowNanos) {
        long elapsed = nowNanos - origin.reportNanos();
        long ntp = origin.reportNtp() + NtpTime.fromNanos(elapsed);
        long timestamp = time.map(origin.reportTimestamp() + NtpTime.ticks(elapsed, settings.clockRate()));
        int slot = sentReports++ % REMEMBERED;
        sentNtp[slot] = NtpTime.compact(ntp);
        sentNanos[slot] = nowNanos;
        int length = SenderReport.write(buffer, offset, settings.ssrc(), ntp, timestamp, packetCount, byteCount, 0);
        return length + SourceDescription.write(buffer, offset + length, settings.ssrc(), cname);
    }

    void report(ReportBlock block, long nowNanos) {
        fractionLost = block.fractionLost();
        remoteLost = block.cumulativeLost();
        long lastReport = block.lastSenderReport();
        if (lastReport == 0) {
            return;
        }
        for (int i = 0; i < Math.min(sentReports, REMEMBERED); i++) {
            if (sentNtp[i] == lastReport) {
                long rtt = nowNanos - sentNanos[i] - NtpTime.compactToNanos(block.delaySinceLastSenderReport());
                rttNanos = Math.clamp(rtt, 0, LONGEST_RTT_NANOS);
                return;
            }
        }
    }

    long rttNanos() {
        return rttNanos;
    }

    int fractionLost() {
        return fractionLost;
    }

    int remoteLost() {
        return remoteLost;
    }

    long packetCount() {
        return packetCount;
    }

    long byteCount() {
        return byteCount;
    }
}
