package dev.foyer.sfu.stream;

import static dev.foyer.sfu.stream.StreamHarness.MS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtp.HeaderExtensionTable;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of nonsense, as an authenticated but hostile publisher and consumer would send them. */
class HostileStreamTest {
    @ParameterizedTest
    @ValueSource(strings = {"video/VP8", "video/VP9", "video/H264", "video/AV1", "audio/opus"})
    void neverThrowsAndNeverSendsWhatIsNoPacket(String mimeType) {
        Random random = new Random(mimeType.hashCode());
        RtpStreamReceiver[] streams = {receiver(1, mimeType), receiver(2, mimeType)};
        HeaderExtensionTable extensions = new HeaderExtensionTable()
                .mid(1, "mid")
                .mapDependencyDescriptor(5, 5)
                .transportWideSequence(3);
        RtpStreamSender sender = new RtpStreamSender(
                new RtpSenderSettings(7, 100, mimeType, 90_000, "c", extensions, 5, true, 8, 101), random);
        byte[] buffer = new byte[2000];
        RtpPacket written = new RtpPacket();
        int sequenceNumber = 0;
        long now = 0;
        for (int i = 0; i < 60_000; i++) {
            now += random.nextLong(20 * MS);
            sequenceNumber = (sequenceNumber + jump(random)) & 0xFFFF;
            RtpStreamReceiver origin = streams[random.nextInt(50) == 0 ? 1 : 0];
            RtpPacket packet = nonsense(random, sequenceNumber);
            boolean forwarded =
                    (random.nextInt(5) == 0 ? origin.recover(packet, now) : origin.receive(packet, now)).isForwarded();
            int length = 0;
            if (forwarded && random.nextInt(4) == 0) {
                length = sender.drop(packet, origin, buffer, 0, now);
            } else if (forwarded) {
                length = sender.forward(packet, origin, buffer, 0, now);
            }
            assertTrue(length == 0 || written.wrap(buffer, 0, length));
            length = sender.retransmit(random.nextInt(65_536), buffer, 0, now);
            assertTrue(length == 0 || written.wrap(buffer, 0, length));
            assertTrue(origin.writeNack(buffer, 0, 1, now) <= 1036);
            if (random.nextInt(100) == 0) {
                sender.pause();
                origin.senderReport(
                        StreamHarness.senderReport(1, random.nextLong(), random.nextInt()), random.nextLong(now + 1));
            }
            sender.writeSenderReport(buffer, 0, now);
            origin.writeReportBlock(buffer, 0, now);
        }
    }

    private static RtpStreamReceiver receiver(long ssrc, String mimeType) {
        return new RtpStreamReceiver(new RtpStreamSettings(ssrc, 96, mimeType, 90_000, true, 5));
    }

    private static int jump(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> random.nextInt(65_536);
            case 1, 2, 3 -> -random.nextInt(20);
            case 4 -> random.nextInt(2000);
            default -> 1;
        };
    }

    private static RtpPacket nonsense(Random random, int sequenceNumber) {
        byte[] payload = new byte[random.nextInt(40)];
        random.nextBytes(payload);
        byte[] descriptor = new byte[random.nextInt(1, 16)];
        random.nextBytes(descriptor);
        return new RtpBytes()
                .sequenceNumber(sequenceNumber)
                .timestamp(random.nextLong(1L << 32))
                .oneByteExtension(5, descriptor)
                .payload(payload)
                .padding(random.nextInt(4))
                .packet();
    }
}
