package dev.foyer.sfu;

import dev.foyer.ortc.MediaKind;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.Goodbye;
import dev.foyer.protocol.rtcp.ReceiverReport;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtcp.SourceDescription;
import dev.foyer.sfu.stream.RtpStreamReceiver;
import java.util.List;

/**
 * Sends a session's RTCP: reports about once a second while there is video, every five seconds for audio alone, spread
 * by half (RFC 3550 section 6.2), and requests for packets and key frames at once, alone (RFC 5506).
 *
 * <p>Every compound starts with a receiver report of the session's own ssrc, so that SRTCP keeps one context.
 */
@HotPath
final class RtcpOutbound {
    private static final int MAX_LENGTH = 1200;
    private static final long VIDEO_INTERVAL_NANOS = 1_000_000_000L;
    private static final long AUDIO_INTERVAL_NANOS = 5_000_000_000L;

    /** A new stream is reported soon, so that its receiver can align it with the others. */
    private static final long FIRST_REPORT_NANOS = 200_000_000L;

    private final SfuEnvironment environment;
    private final RtpSessionOutput output;
    private final long ssrc;
    private final byte[] buffer;
    private long nextReportNanos;
    private boolean scheduled;
    private int length;
    private int blocks;

    RtcpOutbound(SfuEnvironment environment, RtpSessionOutput output, long ssrc) {
        this.environment = environment;
        this.output = output;
        this.ssrc = ssrc;
        this.buffer = environment.control;
    }

    /** A stream begins: its report does not wait for the usual time. */
    void reportSoon(long nowNanos) {
        long soon = nowNanos + FIRST_REPORT_NANOS;
        if (!scheduled || soon - nextReportNanos < 0) {
            scheduled = true;
            nextReportNanos = soon;
        }
    }

    /** Sends the NACKs and key frame requests that are due for a producer. */
    void sendRequests(Producer producer, long nowNanos) {
        ProducerStream[] streams = producer.streams();
        for (int i = 0; i < streams.length; i++) {
            RtpStreamReceiver receiver = streams[i].receiver();
            if (receiver == null) {
                continue;
            }
            if (receiver.nextNackNanos() <= nowNanos) {
                if (send(receiver.writeNack(buffer, 0, ssrc, nowNanos))) {
                    environment.counters.nacksSent++;
                }
            }
            if (receiver.nextKeyFrameRequestNanos() <= nowNanos) {
                if (send(receiver.writeKeyFrameRequest(buffer, 0, ssrc, nowNanos))) {
                    environment.counters.keyFrameRequestsSent++;
                }
            }
        }
    }

    /** Returns whether there was anything to send. */
    private boolean send(int requestLength) {
        if (requestLength <= 0) {
            return false;
        }
        output.sendRtcp(buffer, 0, requestLength);
        return true;
    }

    /** Sends reports on everything when they are due. */
    void sendReports(List<Producer> producers, List<Consumer> consumers, long nowNanos) {
        if (!scheduled || nowNanos - nextReportNanos < 0 || (producers.isEmpty() && consumers.isEmpty())) {
            return;
        }
        long interval = hasVideo(producers, consumers) ? VIDEO_INTERVAL_NANOS : AUDIO_INTERVAL_NANOS;
        nextReportNanos = nowNanos + interval / 2 + environment.random.nextLong(interval);
        begin();
        for (int i = 0; i < producers.size(); i++) {
            ProducerStream[] streams = producers.get(i).streams();
            for (int j = 0; j < streams.length; j++) {
                RtpStreamReceiver receiver = streams[j].receiver();
                if (receiver != null) {
                    addBlock(receiver, nowNanos);
                }
            }
        }
        for (int i = 0; i < consumers.size(); i++) {
            addSenderReport(consumers.get(i), nowNanos);
        }
        end();
    }

    private static boolean hasVideo(List<Producer> producers, List<Consumer> consumers) {
        for (int i = 0; i < producers.size(); i++) {
            if (producers.get(i).kind() == MediaKind.VIDEO) {
                return true;
            }
        }
        for (int i = 0; i < consumers.size(); i++) {
            if (consumers.get(i).kind() == MediaKind.VIDEO) {
                return true;
            }
        }
        return false;
    }

    private void begin() {
        length = ReceiverReport.LENGTH;
        blocks = 0;
    }

    private void end() {
        // The header is written last, when the number of blocks behind it is known.
        ReceiverReport.write(buffer, 0, ssrc, blocks);
        output.sendRtcp(buffer, 0, length);
    }

    private void addBlock(RtpStreamReceiver receiver, long nowNanos) {
        if (blocks == ReportBlock.MAXIMUM_PER_REPORT) {
            end();
            begin();
        }
        int written = receiver.writeReportBlock(buffer, length, nowNanos);
        if (written > 0) {
            length += written;
            blocks++;
            environment.counters.reported(
                    receiver.statistics(), receiver.settings().clockRate());
        }
    }

    private void addSenderReport(Consumer consumer, long nowNanos) {
        if (length + SenderReport.LENGTH + SourceDescription.length(consumer.cname()) > MAX_LENGTH) {
            end();
            begin();
        }
        length += consumer.writeSenderReport(buffer, length, nowNanos);
    }

    /** Says that a sent stream is over (RFC 3550 section 6.6). */
    void goodbye(long endedSsrc, byte[] cname) {
        begin();
        ReceiverReport.write(buffer, 0, ssrc, 0);
        length += SourceDescription.write(buffer, length, endedSsrc, cname);
        length += Goodbye.write(buffer, length, endedSsrc);
        output.sendRtcp(buffer, 0, length);
    }
}
