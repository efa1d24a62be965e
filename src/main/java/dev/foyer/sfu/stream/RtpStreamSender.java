package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtp.NetworkOrder;
import dev.foyer.protocol.rtp.PayloadDescriptor;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.rtp.RtpRewriter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One sent RTP stream of a consumer, fed by one received stream at a time. The receiver sees one stream without gaps,
 * whatever is paused, left out or switched.
 *
 * <p>The consumer decides what is forwarded and calls, for each packet that its {@link RtpStreamReceiver} said to
 * forward, {@link #forward} or {@link #drop}. After {@link #pause}, and when another receiver is named, the series is
 * joined anew: the consumer begins with a key frame. The packet is written to the caller's array, to be protected and
 * sent from there; see {@link #transportWideSequenceOffset} for what may be stamped before.
 */
@HotPath
public final class RtpStreamSender {
    /** Bytes of the padding that fills a hole, its count included. */
    private static final int FILLER_PADDING = 4;

    private final NumberContinuity sequence;
    private final RtpPacket resent = new RtpPacket();
    private RtpSenderSettings settings;
    private RtpRewriter rewriter;
    private TimestampContinuity time;
    private @Nullable SentPackets sent;
    private PayloadDescriptor resentPayload;
    private final SenderReportWriter reports;
    private final BitrateMeter bitrate = new BitrateMeter();

    private boolean joining = true;
    private long originRestarts;
    private @Nullable NumberContinuity pictures;
    private @Nullable NumberContinuity temporalLayer0;
    private int pictureBits;
    private boolean picturesJoining;
    private boolean temporalLayer0Joining;
    private int rtxSequenceNumber;

    private long retransmittedCount;
    private long fillerCount;
    private long refusedCount;

    /** A stream that nothing has been sent on. */
    public RtpStreamSender(RtpSenderSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.rewriter = new RtpRewriter(settings.extensions());
        // In the lower half, so that SRTP's roll-over counter cannot be guessed wrong at the start (RFC 3711, 3.3.1).
        this.sequence = new NumberContinuity(16, random.nextInt(1, 1 << 15));
        this.rtxSequenceNumber = random.nextInt(1, 1 << 15);
        this.time = new TimestampContinuity(settings.clockRate());
        this.sent = settings.nack() ? new SentPackets() : null;
        this.resentPayload = PayloadDescriptor.of(settings.mimeType(), settings.dependencyDescriptorId());
        this.reports = new SenderReportWriter(settings);
    }

    /** Lets go of what it was fed by, which may be over: what was sent cannot be repeated any more. */
    public void leave() {
        joining = true;
        sent = null;
        time.leaveSource();
    }

    /**
     * Goes on as another kind of stream under the same ssrc: another sender's, with another codec perhaps. Numbers and
     * timestamps follow on what went out, as after {@link #pause}.
     *
     * @param next with the ssrc of the settings before
     */
    public void succeed(RtpSenderSettings next) {
        if (next.ssrc() != settings.ssrc()) {
            throw new IllegalArgumentException("another ssrc is another stream");
        }
        leave();
        // Another clock rate under one ssrc is a new series (RFC 7160 section 4.1).
        time = next.clockRate() == settings.clockRate() ? time : new TimestampContinuity(next.clockRate());
        settings = next;
        rewriter = new RtpRewriter(next.extensions());
        sent = next.nack() ? new SentPackets() : null;
        resentPayload = PayloadDescriptor.of(next.mimeType(), next.dependencyDescriptorId());
        reports.succeed(next);
    }

    /** Nothing is forwarded until the next call of {@link #forward}, which goes on without a gap. */
    public void pause() {
        joining = true;
    }

    /**
     * Forwards a packet.
     *
     * @param source shows the packet; its array is only read
     * @param origin the stream that it came on and that parsed its payload last
     * @param destination with room for the packet and {@link RtpRewriter#SPARE} bytes from {@code offset}
     * @return the length of the packet in the destination, or 0 when there is nothing to send: it came from before the
     *     stream was joined, was padding only, or had no room
     */
    public int forward(RtpPacket source, RtpStreamReceiver origin, byte[] destination, int offset, long nowNanos) {
        if (source.payloadLength() == 0) {
            return drop(source, origin, destination, offset, nowNanos);
        }
        if (joining || time.source() != origin || originRestarts != origin.restartCount()) {
            join(source, origin, nowNanos);
        }
        int sequenceNumber = sequence.map(source.sequenceNumber());
        if (sequenceNumber == NumberContinuity.NONE) {
            refusedCount++;
            return 0;
        }
        PayloadDescriptor payload = origin.payload();
        int pictureId = pictureId(payload);
        int temporalLayer0Index = temporalLayer0Index(payload);
        long timestamp = time.map(source.timestamp());
        int length = write(
                source,
                payload,
                sequenceNumber,
                timestamp,
                pictureId,
                temporalLayer0Index,
                destination,
                offset,
                nowNanos);
        if (length == 0) {
            refusedCount++;
            return 0;
        }
        time.sent(timestamp, nowNanos);
        bitrate.add(length, nowNanos);
        reports.count(source.payloadLength());
        PacketHistory history = origin.history();
        if (sent != null && history != null) {
            sent.add(sequenceNumber, history, source.sequenceNumber(), timestamp, pictureId, temporalLayer0Index);
        }
        return length;
    }

    private void join(RtpPacket source, RtpStreamReceiver origin, long nowNanos) {
        time.switchTo(origin, source.timestamp(), nowNanos);
        sequence.join(source.sequenceNumber());
        joining = false;
        originRestarts = origin.restartCount();
        picturesJoining = true;
        temporalLayer0Joining = true;
    }

    /**
     * Leaves a packet out and closes the gap.
     *
     * @return 0; or, when it came so late that the gap cannot be closed, the length of a packet of padding in the
     *     destination that fills it
     */
    public int drop(RtpPacket source, RtpStreamReceiver origin, byte[] destination, int offset, long nowNanos) {
        if (joining || time.source() != origin || originRestarts != origin.restartCount()) {
            return 0;
        }
        PayloadDescriptor payload = origin.payload();
        if (pictures != null
                && !picturesJoining
                && source.payloadLength() > 0
                && payload.closesPictureIdGaps()
                && payload.pictureIdBits() == pictureBits) {
            pictures.drop(payload.pictureId());
        }
        int hole = sequence.drop(source.sequenceNumber());
        int header = RtpPacket.FIXED_HEADER_LENGTH;
        if (hole == NumberContinuity.NONE || !NetworkOrder.inside(destination, offset, header + FILLER_PADDING)) {
            return 0;
        }
        fillerCount++;
        destination[offset] = (byte) 0xA0;
        destination[offset + 1] = (byte) settings.payloadType();
        NetworkOrder.putU16(destination, offset + 2, hole);
        NetworkOrder.putU32(destination, offset + 4, time.map(source.timestamp()));
        NetworkOrder.putU32(destination, offset + 8, settings.ssrc());
        NetworkOrder.putU32(destination, offset + header, FILLER_PADDING);
        bitrate.add(header + FILLER_PADDING, nowNanos);
        return header + FILLER_PADDING;
    }

    /**
     * Answers a NACK for one packet: as RTX where that was negotiated, else the same packet again.
     *
     * @return its length in the destination, or 0 when it is not known any more or was repeated less than a round trip ago
     */
    public int retransmit(int sequenceNumber, byte[] destination, int offset, long nowNanos) {
        if (sent == null) {
            return 0;
        }
        int slot = sent.find(sequenceNumber);
        if (slot < 0) {
            slot = adopt(sent, sequenceNumber);
        }
        if (slot < 0 || sent.isRecentlyResent(slot, reports.rttNanos(), nowNanos)) {
            return 0;
        }
        PacketHistory history = sent.history(slot);
        if (history == null || !history.find(sent.sourceSequenceNumber(slot), resent)) {
            return 0;
        }
        resentPayload.parse(resent);
        int length = write(
                resent,
                resentPayload,
                sequenceNumber,
                sent.timestamp(slot),
                sent.pictureId(slot),
                sent.temporalLayer0Index(slot),
                destination,
                offset,
                nowNanos);
        if (length > 0 && settings.hasRtx() && resent.wrap(destination, offset, length)) {
            length = RtxPacket.wrap(resent, settings.rtxPayloadType(), settings.rtxSsrc(), rtxSequenceNumber);
            rtxSequenceNumber = (rtxSequenceNumber + 1) & 0xFFFF;
        }
        resent.clear();
        if (length > 0) {
            sent.resent(slot, nowNanos);
            bitrate.add(length, nowNanos);
            retransmittedCount++;
        }
        return length;
    }

    /**
     * Takes up a packet that was never sent though its number is promised: where the first packet of a key frame came
     * late, those behind it had passed before the stream was joined.
     *
     * @return its slot, or -1
     */
    private int adopt(SentPackets sent, int sequenceNumber) {
        RtpStreamReceiver origin = time.source();
        if (joining || origin == null || originRestarts != origin.restartCount()) {
            return -1;
        }
        PacketHistory history = origin.history();
        int input = sequence.inputOf(sequenceNumber);
        if (history == null || input == NumberContinuity.NONE || !history.find(input, resent)) {
            return -1;
        }
        resentPayload.parse(resent);
        return sent.add(
                sequenceNumber,
                history,
                input,
                time.map(resent.timestamp()),
                pictureId(resentPayload),
                temporalLayer0Index(resentPayload));
    }

    private int write(
            RtpPacket source,
            PayloadDescriptor payload,
            int sequenceNumber,
            long timestamp,
            int pictureId,
            int temporalLayer0Index,
            byte[] destination,
            int offset,
            long nowNanos) {
        int length = rewriter.rewrite(
                source, settings.payloadType(), settings.ssrc(), sequenceNumber, timestamp, destination, offset);
        if (length == 0) {
            return 0;
        }
        payload.rewrite(
                destination,
                rewriter.payloadOffset(),
                rewriter.dependencyDescriptorOffset(),
                pictureId,
                temporalLayer0Index);
        if (rewriter.absSendTimeOffset() >= 0) {
            NetworkOrder.putU24(destination, rewriter.absSendTimeOffset(), RtpRewriter.absSendTime(nowNanos));
        }
        return length;
    }

    private int pictureId(PayloadDescriptor payload) {
        int bits = payload.pictureIdBits();
        if (bits == 0) {
            return -1;
        }
        if (pictures == null || bits != pictureBits) {
            int first = pictures == null ? payload.pictureId() : pictures.highestOutput() + 1;
            pictures = new NumberContinuity(bits, first);
            pictureBits = bits;
            picturesJoining = true;
        }
        int mapped = next(pictures, payload.pictureId(), picturesJoining, payload.isKeyFrame());
        picturesJoining = false;
        return mapped;
    }

    private int temporalLayer0Index(PayloadDescriptor payload) {
        int index = payload.temporalLayer0Index();
        if (index < 0) {
            return -1;
        }
        if (temporalLayer0 == null) {
            temporalLayer0 = new NumberContinuity(8, index);
        }
        int mapped = next(temporalLayer0, index, temporalLayer0Joining, payload.isKeyFrame());
        temporalLayer0Joining = false;
        return mapped;
    }

    /** An encoder that restarts may jump back with its key frame, without a new ssrc: that is joined as well. */
    private static int next(NumberContinuity series, int number, boolean joining, boolean keyFrame) {
        if (joining) {
            series.join(number);
        }
        int mapped = series.map(number);
        if (mapped == NumberContinuity.NONE && keyFrame) {
            series.join(number);
            mapped = series.map(number);
        }
        return mapped == NumberContinuity.NONE ? number : mapped;
    }

    /**
     * Writes a compound of sender report and CNAME.
     *
     * @return its length; 0 while nothing was sent or the origin has not linked its timestamps to its wall clock
     */
    public int writeSenderReport(byte[] buffer, int offset, long nowNanos) {
        RtpStreamReceiver origin = time.source();
        if (origin == null || !sequence.started() || !origin.hasSenderReport()) {
            return 0;
        }
        return reports.write(buffer, offset, origin, time, nowNanos);
    }

    /** Takes the consumer's report about this stream: loss and round trip. */
    public void report(ReportBlock block, long nowNanos) {
        reports.report(block, nowNanos);
    }

    /** Round trip to the consumer, 100 ms until it is known. */
    public long rttNanos() {
        return reports.rttNanos();
    }

    /** Loss at the consumer in its last report, in 1/256. */
    public int fractionLost() {
        return reports.fractionLost();
    }

    /** Packets lost at the consumer so far, by its last report. */
    public int remoteLost() {
        return reports.remoteLost();
    }

    /** What the stream is. */
    public RtpSenderSettings settings() {
        return settings;
    }

    /** Index of the two bytes for the transport-wide sequence number in the packet written last, -1 without them. */
    public int transportWideSequenceOffset() {
        return rewriter.transportWideSequenceOffset();
    }

    /** Bits per second of the last second, headers and retransmissions included. */
    public long bitrateBps(long nowNanos) {
        return bitrate.bitrateBps(nowNanos);
    }

    /** Packets forwarded. */
    public long packetCount() {
        return reports.packetCount();
    }

    /** Payload bytes forwarded. */
    public long byteCount() {
        return reports.byteCount();
    }

    /** Packets sent again. */
    public long retransmittedCount() {
        return retransmittedCount;
    }

    /** Packets of padding that filled holes. */
    public long fillerCount() {
        return fillerCount;
    }

    /** Packets that could not be forwarded: from before the join, or without room. */
    public long refusedCount() {
        return refusedCount;
    }
}
