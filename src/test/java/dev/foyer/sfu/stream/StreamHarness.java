package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtp.HeaderExtensionTable;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** VP8 streams of a publisher, and one consumer of them. */
final class StreamHarness {
    static final long MS = 1_000_000;
    static final int CLOCK = 90_000;

    final byte[] buffer = new byte[1600];
    final RtpPacket packet = new RtpPacket();
    RtpStreamSender sender = sender(true, true);

    static RtpStreamSender sender(boolean nack, boolean rtx) {
        return sender("video/VP8", nack, rtx);
    }

    static RtpStreamSender sender(String mimeType, boolean nack, boolean rtx) {
        HeaderExtensionTable extensions =
                new HeaderExtensionTable().mid(1, "0").absSendTime(2).transportWideSequence(3);
        return new RtpStreamSender(
                new RtpSenderSettings(
                        0xAAAA, 100, mimeType, CLOCK, "publisher", extensions, 0, nack, rtx ? 0xBBBB : 0, 101),
                new Random(1));
    }

    static RtpStreamReceiver receiver(long ssrc) {
        return new RtpStreamReceiver(new RtpStreamSettings(ssrc, 96, "video/VP8", CLOCK, true, 0));
    }

    /** A packet of 15 bit picture id, TL0PICIDX and temporal layer, with 8 bytes of payload that name it. */
    static RtpPacket vp8(
            long ssrc, int sequenceNumber, long timestamp, boolean key, int pictureId, int tl0, int layer) {
        byte[] payload = new byte[16];
        payload[0] = (byte) 0x90;
        payload[1] = (byte) 0xE0;
        payload[2] = (byte) (0x80 | pictureId >> 8);
        payload[3] = (byte) pictureId;
        payload[4] = (byte) tl0;
        payload[5] = (byte) (layer << 6);
        payload[6] = (byte) (key ? 0 : 1);
        payload[14] = (byte) (sequenceNumber >> 8);
        payload[15] = (byte) sequenceNumber;
        return new RtpBytes()
                .ssrc(ssrc)
                .sequenceNumber(sequenceNumber)
                .timestamp(timestamp & 0xFFFF_FFFFL)
                .payload(payload)
                .packet();
    }

    /** A VP9 packet of one frame, with a 15 bit picture id. */
    static RtpPacket vp9(long ssrc, int sequenceNumber, long timestamp, boolean key, int pictureId) {
        byte[] payload = {(byte) (key ? 0x88 : 0xC8), (byte) (0x80 | pictureId >> 8), (byte) pictureId, 1};
        return new RtpBytes()
                .ssrc(ssrc)
                .sequenceNumber(sequenceNumber)
                .timestamp(timestamp)
                .payload(payload)
                .packet();
    }

    /** What the consumer got for a packet, null for nothing. */
    @Nullable
    RtpPacket forward(RtpPacket source, RtpStreamReceiver origin, long now) {
        assertTrue(origin.receive(source, now).isForwarded());
        return read(sender.forward(source, origin, buffer, 0, now));
    }

    /** What the consumer got for a packet that is left out, null for nothing. */
    @Nullable
    RtpPacket drop(RtpPacket source, RtpStreamReceiver origin, long now) {
        assertTrue(origin.receive(source, now).isForwarded());
        return read(sender.drop(source, origin, buffer, 0, now));
    }

    @Nullable
    RtpPacket read(int length) {
        return length == 0 ? null : RtpBytes.packet(Arrays.copyOf(buffer, length));
    }

    static SenderReport senderReport(long ssrc, long ntp, long timestamp) {
        byte[] bytes = new byte[SenderReport.LENGTH];
        SenderReport.write(bytes, 0, ssrc, ntp, timestamp & 0xFFFF_FFFFL, 0, 0, 0);
        SenderReport report = new SenderReport();
        assertTrue(report.wrap(bytes, 0, bytes.length));
        return report;
    }
}
