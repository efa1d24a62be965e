package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtp.PayloadDescriptor;
import dev.foyer.protocol.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * One received RTP stream (one ssrc; one encoding of a simulcast): statistics, retransmission requests, key frames,
 * sender reports, and the recent packets that its consumers retransmit from.
 *
 * <p>For each packet: {@link #receive} (or {@link #recover} for one of its RTX stream), then, unless the outcome says
 * otherwise, each consumer's {@link RtpStreamSender} with {@link #payload()} as it was parsed here. On a timer:
 * {@link #writeNack} at {@link #nextNackNanos}, {@link #writeKeyFrameRequest} at {@link #nextKeyFrameRequestNanos},
 * {@link #writeReportBlock} every second or so.
 */
@HotPath
public final class RtpStreamReceiver {
    private static final long DEFAULT_RTT_NANOS = 100_000_000;

    private final RtpStreamSettings settings;
    private final PayloadDescriptor payload;
    private final ReceptionStatistics statistics;
    private final BitrateMeter bitrate = new BitrateMeter();
    private final KeyFrameRequester keyFrames = new KeyFrameRequester();
    private final @Nullable NackGenerator nacks;
    private final @Nullable PacketHistory history;

    private long rttNanos = DEFAULT_RTT_NANOS;
    private boolean keyFrame;
    private long keyFrameCount;
    private long byteCount;
    private long recoveredCount;
    private long duplicateCount;
    private long restartCount;
    private long lastPacketNanos;
    private long keyFrameTimestamp;
    private boolean started;

    private boolean hasSenderReport;
    private long reportNtp;
    private long reportTimestamp;
    private long reportNanos;

    /** A stream from which nothing has come. */
    public RtpStreamReceiver(RtpStreamSettings settings) {
        this.settings = settings;
        this.payload = PayloadDescriptor.of(settings.mimeType(), settings.dependencyDescriptorId());
        this.statistics = new ReceptionStatistics(settings.clockRate());
        this.nacks = settings.nack() ? new NackGenerator() : null;
        this.history = settings.nack() ? new PacketHistory() : null;
    }

    /** What became of a packet. */
    public enum Outcome {
        /** Forward it. */
        FORWARD,
        /** Forward it; it had been asked for and came back by retransmission, or late. */
        RECOVERED,
        /** Ignore it: it came before, or too late to know. */
        DUPLICATE,
        /** Ignore it: its sequence number is far off, or a retransmission that holds nothing. */
        STRAY;

        /** Whether consumers get the packet. */
        public boolean isForwarded() {
            return this == FORWARD || this == RECOVERED;
        }
    }

    /** Takes a packet of this stream. */
    public Outcome receive(RtpPacket packet, long nowNanos) {
        return accept(packet, nowNanos, true);
    }

    /**
     * Takes a packet of this stream's RTX stream.
     *
     * @param packet shows the original afterwards, in the same array
     */
    public Outcome recover(RtpPacket packet, long nowNanos) {
        if (!RtxPacket.unwrap(packet, settings.payloadType(), settings.ssrc())) {
            return Outcome.STRAY;
        }
        return accept(packet, nowNanos, false);
    }

    private Outcome accept(RtpPacket packet, long nowNanos, boolean direct) {
        keyFrame = false;
        ReceptionStatistics.Arrival arrival = statistics.arrive(packet.sequenceNumber());
        switch (arrival) {
            case STRAY -> {
                return Outcome.STRAY;
            }
            case DUPLICATE -> {
                duplicateCount++;
                return Outcome.DUPLICATE;
            }
            case RESTART -> restartCount++;
            case NEWEST, LATE -> {}
        }
        if (direct && packet.payloadLength() > 0) {
            statistics.timing(packet, nowNanos);
        }
        started = true;
        lastPacketNanos = nowNanos;
        byteCount += packet.payloadLength();
        bitrate.add(packet.length(), nowNanos);
        boolean asked = note(arrival, packet.sequenceNumber(), nowNanos);
        boolean newKeyFrame = payload.parse(packet) && payload.isKeyFrame();
        if (newKeyFrame) {
            noteKeyFrame(packet, arrival);
        }
        if (history != null && packet.payloadLength() > 0) {
            history.store(packet, nowNanos);
        }
        if (asked) {
            recoveredCount++;
        }
        return asked ? Outcome.RECOVERED : Outcome.FORWARD;
    }

    /** Tells the NACK generator; true when the packet had been asked for. */
    private boolean note(ReceptionStatistics.Arrival arrival, int sequenceNumber, long nowNanos) {
        if (nacks == null) {
            return false;
        }
        long extended = statistics.extend(sequenceNumber);
        switch (arrival) {
            case RESTART -> nacks.restart(extended);
            case NEWEST -> {
                if (!nacks.advance(extended, nowNanos)) {
                    keyFrames.want(nowNanos);
                }
            }
            case LATE -> {
                return nacks.arrive(extended);
            }
            case DUPLICATE, STRAY -> {}
        }
        return false;
    }

    private void noteKeyFrame(RtpPacket packet, ReceptionStatistics.Arrival arrival) {
        keyFrame = true;
        if (keyFrameCount == 0 || packet.timestamp() != keyFrameTimestamp) {
            keyFrameCount++;
            keyFrameTimestamp = packet.timestamp();
        }
        keyFrames.satisfied();
        if (nacks != null && arrival != ReceptionStatistics.Arrival.LATE) {
            nacks.forgetBefore(statistics.extend(packet.sequenceNumber()));
        }
    }

    /** Takes the stream's own sender report: the link between its timestamps and its sender's wall clock. */
    public void senderReport(SenderReport report, long nowNanos) {
        hasSenderReport = true;
        reportNtp = report.ntpTimestamp();
        reportTimestamp = report.rtpTimestamp();
        reportNanos = nowNanos;
    }

    /** Wants a key frame as soon as the throttle allows; {@link #writeKeyFrameRequest} then has something to write. */
    public void requestKeyFrame(long nowNanos) {
        keyFrames.want(nowNanos);
    }

    /** Wants a key frame now, whatever the throttle says. */
    public void forceKeyFrame() {
        keyFrames.wantNow();
    }

    /** Stops asking for a key frame, for instance because nobody consumes the stream. */
    public void cancelKeyFrame() {
        keyFrames.satisfied();
    }

    /** When {@link #writeKeyFrameRequest} has something to write, {@link Long#MAX_VALUE} for never. */
    public long nextKeyFrameRequestNanos() {
        return keyFrames.nextDueNanos();
    }

    /** Writes a PLI when one is due and returns its length, otherwise 0. */
    public int writeKeyFrameRequest(byte[] buffer, int offset, long senderSsrc, long nowNanos) {
        return keyFrames.take(nowNanos) ? PictureLossIndication.write(buffer, offset, senderSsrc, settings.ssrc()) : 0;
    }

    /** When {@link #writeNack} has something to write, {@link Long#MAX_VALUE} for never. */
    public long nextNackNanos() {
        return nacks == null ? Long.MAX_VALUE : nacks.nextDueNanos();
    }

    /**
     * Writes a NACK for the packets that are due and returns its length, at most 1036 bytes, otherwise 0. Where packets
     * had to be given up a key frame is wanted instead.
     */
    public int writeNack(byte[] buffer, int offset, long senderSsrc, long nowNanos) {
        if (nacks == null) {
            return 0;
        }
        int length = nacks.write(buffer, offset, senderSsrc, settings.ssrc(), rttNanos, nowNanos);
        if (length == NackGenerator.GIVEN_UP) {
            keyFrames.want(nowNanos);
            return 0;
        }
        return length;
    }

    /** Writes this stream's block of a report, which ends an interval of loss, and returns its length; 0 before packets. */
    public int writeReportBlock(byte[] buffer, int offset, long nowNanos) {
        if (!started) {
            return 0;
        }
        long delay = hasSenderReport ? Math.max(1, NtpTime.compactFromNanos(nowNanos - reportNanos)) : 0;
        return ReportBlock.write(
                buffer,
                offset,
                settings.ssrc(),
                statistics.takeFractionLost(),
                (int) statistics.lost(),
                statistics.extendedHighestSequenceNumber(),
                statistics.jitter(),
                hasSenderReport ? NtpTime.compact(reportNtp) : 0,
                delay);
    }

    /** Sets the round trip to the sender, which spaces repeated NACKs; 100 ms until set. */
    public void rtt(long rttNanos) {
        this.rttNanos = rttNanos;
    }

    /** What the stream is. */
    public RtpStreamSettings settings() {
        return settings;
    }

    /** The payload of the last packet that was not ignored, as parsed. */
    public PayloadDescriptor payload() {
        return payload;
    }

    /** Whether the last packet was the first of a key frame. */
    public boolean isKeyFrame() {
        return keyFrame;
    }

    /** The recent packets, or null when the stream knows no NACK. */
    public @Nullable PacketHistory history() {
        return history;
    }

    /** Sequence statistics: loss, jitter, highest number. */
    public ReceptionStatistics statistics() {
        return statistics;
    }

    /** Whether a packet has come. */
    public boolean started() {
        return started;
    }

    /** When the last packet came; meaningless before {@link #started}. */
    public long lastPacketNanos() {
        return lastPacketNanos;
    }

    /** Bits per second of the last second, headers included. */
    public long bitrateBps(long nowNanos) {
        return bitrate.bitrateBps(nowNanos);
    }

    /** Payload bytes so far. */
    public long byteCount() {
        return byteCount;
    }

    /** Packets that came back after a NACK. */
    public long recoveredCount() {
        return recoveredCount;
    }

    /** Packets that came twice. */
    public long duplicateCount() {
        return duplicateCount;
    }

    /** How often the sequence numbers began anew; a sender then has to join again. */
    public long restartCount() {
        return restartCount;
    }

    /** NACKed packets, repetitions included. */
    public long nackCount() {
        return nacks == null ? 0 : nacks.requested();
    }

    /** PLIs that were due. */
    public long keyFrameRequestCount() {
        return keyFrames.requests();
    }

    /** Key frames seen. */
    public long keyFrameCount() {
        return keyFrameCount;
    }

    /** Whether the sender has linked its timestamps to its wall clock. */
    public boolean hasSenderReport() {
        return hasSenderReport;
    }

    /** NTP time of the last sender report. */
    public long reportNtp() {
        return reportNtp;
    }

    /** RTP timestamp of the last sender report. */
    public long reportTimestamp() {
        return reportTimestamp;
    }

    /** When the last sender report came. */
    public long reportNanos() {
        return reportNanos;
    }
}
