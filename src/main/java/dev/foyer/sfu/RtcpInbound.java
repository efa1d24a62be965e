package dev.foyer.sfu;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.FullIntraRequest;
import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.ReceiverReport;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.RtcpType;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.sfu.stream.RtpStreamReceiver;

/** Takes apart what a client reports and asks for, and tells the streams that it is about. */
@HotPath
final class RtcpInbound {
    /** Packets that one NACK may ask for; a client that misses more needs a key frame. */
    private static final int MAX_NACKED = 256;

    private final SfuEnvironment environment;
    private final InboundStreams inbound;
    private final SsrcTable<Consumer> consumers;
    private final RtcpReader reader = new RtcpReader();
    private final SenderReport senderReport = new SenderReport();
    private final ReceiverReport receiverReport = new ReceiverReport();
    private final ReportBlock block = new ReportBlock();
    private final GenericNack nack = new GenericNack();
    private final PictureLossIndication pictureLoss = new PictureLossIndication();
    private final FullIntraRequest intraRequest = new FullIntraRequest();
    private final int[] sequenceNumbers = new int[MAX_NACKED];

    RtcpInbound(SfuEnvironment environment, InboundStreams inbound, SsrcTable<Consumer> consumers) {
        this.environment = environment;
        this.inbound = inbound;
        this.consumers = consumers;
    }

    void receive(byte[] buffer, int offset, int length, long nowNanos) {
        reader.wrap(buffer, offset, length);
        boolean wellFormed = true;
        while (reader.next()) {
            wellFormed &= switch (reader.packetType()) {
                case RtcpType.SENDER_REPORT -> senderReport(nowNanos);
                case RtcpType.RECEIVER_REPORT -> receiverReport(nowNanos);
                case RtcpType.TRANSPORT_FEEDBACK -> reader.count() != RtcpType.FORMAT_NACK || nack(nowNanos);
                case RtcpType.PAYLOAD_FEEDBACK -> payloadFeedback(nowNanos);
                default -> true;
            };
        }
        if (!wellFormed || reader.malformed()) {
            environment.counters.rtcpMalformed++;
        }
    }

    private boolean senderReport(long nowNanos) {
        if (!senderReport.wrap(reader)) {
            return false;
        }
        ProducerStream stream = inbound.bySsrc(senderReport.senderSsrc());
        RtpStreamReceiver receiver = stream == null ? null : stream.receiver();
        if (receiver != null) {
            receiver.senderReport(senderReport, nowNanos);
        }
        for (int i = 0; i < senderReport.reportCount(); i++) {
            senderReport.report(i, block);
            reported(nowNanos);
        }
        return true;
    }

    private boolean receiverReport(long nowNanos) {
        if (!receiverReport.wrap(reader)) {
            return false;
        }
        for (int i = 0; i < receiverReport.reportCount(); i++) {
            receiverReport.report(i, block);
            reported(nowNanos);
        }
        return true;
    }

    private void reported(long nowNanos) {
        Consumer consumer = consumers.get(block.ssrc());
        if (consumer != null && consumer.ssrc() == block.ssrc()) {
            consumer.reported(block, nowNanos);
            environment.counters.reported(block);
        }
    }

    private boolean nack(long nowNanos) {
        if (!nack.wrap(reader)) {
            return false;
        }
        Consumer consumer = consumers.get(nack.mediaSsrc());
        if (consumer != null) {
            environment.counters.nacksReceived++;
            consumer.retransmit(sequenceNumbers, nack.copySequenceNumbers(sequenceNumbers), nowNanos);
        }
        return true;
    }

    private boolean payloadFeedback(long nowNanos) {
        switch (reader.count()) {
            case RtcpType.FORMAT_PLI -> {
                if (!pictureLoss.wrap(reader)) {
                    return false;
                }
                keyFrame(pictureLoss.mediaSsrc(), nowNanos);
            }
            case RtcpType.FORMAT_FIR -> {
                if (!intraRequest.wrap(reader)) {
                    return false;
                }
                for (int i = 0; i < intraRequest.entryCount(); i++) {
                    keyFrame(intraRequest.ssrc(i), nowNanos);
                }
            }
            default -> {}
        }
        return true;
    }

    private void keyFrame(long ssrc, long nowNanos) {
        Consumer consumer = consumers.get(ssrc);
        if (consumer != null) {
            environment.counters.keyFrameRequestsReceived++;
            consumer.requestKeyFrame(nowNanos);
        }
    }
}
