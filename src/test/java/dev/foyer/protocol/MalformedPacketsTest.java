package dev.foyer.protocol;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.FullIntraRequest;
import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.Goodbye;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.ReceiverEstimatedMaximumBitrate;
import dev.foyer.protocol.rtcp.ReceiverReport;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.SenderReport;
import dev.foyer.protocol.rtcp.SourceDescription;
import dev.foyer.protocol.rtcp.TransportFeedback;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.HeaderExtensionTable;
import dev.foyer.protocol.rtp.PayloadDescriptor;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.protocol.rtp.RtpRewriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds every parser every prefix of valid packets and seeded mutations of them. Nothing may throw, and nothing may look
 * outside the packet: each input is read three times, alone in its array and between bytes of 00 and of FF, and all three
 * must look the same.
 */
class MalformedPacketsTest {
    private static final int MUTATIONS = 3000;
    private static final int MARGIN = 80;

    /** Says everything that a parser sees in {@code buffer[offset .. offset + length)}. */
    interface Parser {
        String see(byte[] buffer, int offset, int length);
    }

    record Named(String name, Parser parser) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> parsers() {
        return Stream.of(
                new Named("RtpPacket", MalformedPacketsTest::header),
                new Named("HeaderExtensionReader", MalformedPacketsTest::extensions),
                new Named("RtpRewriter", MalformedPacketsTest::rewrite),
                new Named("Vp8Descriptor", (b, o, n) -> payload("video/VP8", b, o, n)),
                new Named("Vp9Descriptor", (b, o, n) -> payload("video/VP9", b, o, n)),
                new Named("H264Descriptor", (b, o, n) -> payload("video/H264", b, o, n)),
                new Named("Av1Descriptor", (b, o, n) -> payload("video/AV1", b, o, n)),
                new Named("OpaqueDescriptor", (b, o, n) -> payload("audio/opus", b, o, n)),
                new Named("RtcpReader and its packets", MalformedPacketsTest::rtcp));
    }

    private static List<byte[]> seeds() {
        byte[] structure = hex("C00102800047001122");
        RtpBytes extended = new RtpBytes()
                .csrcs(1, 2)
                .oneByteExtension(1, hex("30"))
                .oneByteExtension(5, structure)
                .oneByteExtension(3, hex("ABCDEF"));
        return List.of(
                extended.payload("90E09267 2AA30000 00").padding(7).build(),
                new RtpBytes()
                        .twoByteExtension(5, structure)
                        .twoByteExtension(77, new byte[40])
                        .payload("10 00")
                        .build(),
                new RtpBytes().payload("AA923400 07180140 00F00114 01FF").build(),
                new RtpBytes().payload("F8115203 0502FF").build(),
                new RtpBytes().payload("7800046742 C01F0002 68CE0003 658884").build(),
                new RtpBytes().payload("7C858884").build(),
                hex("81C8000C 11223344 E1234567 89ABCDEF 00010203 00000005 000003E8"
                        + "55667788 40FFFFFE 0001FFFF 00000011 456789AB 00010000"
                        + "82CA0007 00000001 0603466F 6F010161 00000000 00000002 01026262 00000000"),
                hex("81C90007 11223344 55667788 807FFFFF 00020001 00000011 00000000 00000000"
                        + "82CB0003 00000001 00000002 03627965 81CE0002 00000001 00000002"),
                hex("84CE0006 00000001 00000000 AABBCCDD FE000000 00000002 03000000"
                        + "81CD0004 00000001 00000002 FFFF8001 00100000"
                        + "8FCE0006 00000001 00000000 52454D42 020BFFFF 00000005 00000006"),
                hex("8FCD0008 00000001 00000002 FFF000EB FFFFFF07 00DD9F1C 01020304 05060708 00000000"),
                hex("8FCD0006 00000001 00000002 00050007 00000100 C684FFFF FE040000 00000000"));
    }

    private static String header(byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        boolean valid = packet.wrap(buffer, offset, length);
        StringBuilder seen = new StringBuilder()
                .append(RtpPacket.looksLikeRtp(buffer, offset, length))
                .append(valid)
                .append(packet)
                .append(packet.hasPadding())
                .append(packet.headerLength());
        for (int i = 0; i < packet.csrcCount(); i++) {
            seen.append(packet.csrc(i));
        }
        if (valid) {
            assertTrue(packet.payloadOffset() >= offset);
            assertTrue(packet.payloadOffset() + packet.payloadLength() + packet.paddingLength() <= offset + length);
        }
        return seen.toString();
    }

    private static String extensions(byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        packet.wrap(buffer, offset, length);
        StringBuilder seen = new StringBuilder();
        HeaderExtensionReader extensions = packet.extensions();
        while (extensions.next()) {
            seen.append(extensions.id())
                    .append(HexFormat.of()
                            .formatHex(packet.buffer(), extensions.offset(), extensions.offset() + extensions.length()))
                    .append(extensions.firstByte())
                    .append(extensions.u16())
                    .append(extensions.u24())
                    .append(extensions.text())
                    .append(extensions.valueEquals(new byte[] {0x30}));
            assertTrue(extensions.offset() + extensions.length() <= packet.payloadOffset());
        }
        return seen.append(extensions.find(5)).toString();
    }

    private static String rewrite(byte[] buffer, int offset, int length) {
        HeaderExtensionTable table = new HeaderExtensionTable()
                .mid(1, "mid")
                .absSendTime(2)
                .map(3, 3)
                .mapDependencyDescriptor(5, 5)
                .map(77, 6);
        RtpPacket packet = new RtpPacket();
        packet.wrap(buffer, offset, length);
        byte[] destination = new byte[packet.length() + RtpRewriter.SPARE];
        int written = new RtpRewriter(table).rewrite(packet, 100, 1, 2, 3, destination, 0);
        RtpPacket copy = new RtpPacket();
        if (written > 0) {
            assertTrue(copy.wrap(destination, 0, written), "what is written is valid");
            assertEquals(packet.payloadLength(), copy.payloadLength());
        }
        return HexFormat.of().formatHex(destination, 0, written);
    }

    private static String payload(String mimeType, byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        packet.wrap(buffer, offset, length);
        PayloadDescriptor descriptor = PayloadDescriptor.of(mimeType, 5);
        boolean understood = descriptor.parse(packet);
        byte[] copy = Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
        HeaderExtensionReader extensions = packet.extensions();
        int descriptorOffset = extensions.find(5) ? extensions.offset() - packet.offset() : -1;
        descriptor.rewrite(copy, packet.headerLength(), descriptorOffset, 77, 88);
        if (!understood) {
            assertFalse(descriptor.isKeyFrame() || descriptor.startsFrame());
            assertEquals(-1, descriptor.pictureId());
        }
        return understood + " " + descriptor.isKeyFrame() + descriptor.startsFrame() + descriptor.spatialLayer()
                + descriptor.temporalLayer() + descriptor.isTemporalSwitchPoint() + descriptor.pictureId()
                + descriptor.pictureIdBits() + descriptor.temporalLayer0Index()
                + HexFormat.of().formatHex(copy);
    }

    private static String rtcp(byte[] buffer, int offset, int length) {
        StringBuilder seen = new StringBuilder();
        RtcpReader reader = new RtcpReader().wrap(buffer, offset, length);
        while (reader.next()) {
            assertTrue(reader.offset() >= offset && reader.offset() + reader.length() <= offset + length);
            seen.append(reader.packetType()).append(reader.count());
            reports(reader, seen);
            feedback(reader, seen);
        }
        return seen.append(reader.malformed()).toString();
    }

    private static void reports(RtcpReader reader, StringBuilder seen) {
        SenderReport sender = new SenderReport();
        seen.append(sender.wrap(reader)).append(sender.ntpTimestamp()).append(sender.rtpTimestamp());
        seen.append(sender.packetCount()).append(sender.octetCount()).append(sender.compactNtpTimestamp());
        ReportBlock block = new ReportBlock();
        for (int i = 0; i < sender.reportCount(); i++) {
            sender.report(i, block);
            seen.append(block.ssrc()).append(block.delaySinceLastSenderReport());
        }
        ReceiverReport receiver = new ReceiverReport();
        seen.append(receiver.wrap(reader)).append(receiver.senderSsrc());
        for (int i = 0; i < receiver.reportCount(); i++) {
            receiver.report(i, block);
            seen.append(block.cumulativeLost()).append(block.jitter()).append(block.fractionLost());
        }
        SourceDescription description = new SourceDescription();
        seen.append(description.wrap(reader)).append(description.cname(1)).append(description.cname(2));
        Goodbye goodbye = new Goodbye();
        seen.append(goodbye.wrap(reader));
        for (int i = 0; i < goodbye.sourceCount(); i++) {
            seen.append(goodbye.ssrc(i));
        }
    }

    private static void feedback(RtcpReader reader, StringBuilder seen) {
        PictureLossIndication loss = new PictureLossIndication();
        seen.append(loss.wrap(reader)).append(loss.mediaSsrc());
        FullIntraRequest intra = new FullIntraRequest();
        seen.append(intra.wrap(reader));
        for (int i = 0; i < intra.entryCount(); i++) {
            seen.append(intra.ssrc(i)).append(intra.sequenceNumber(i));
        }
        GenericNack nack = new GenericNack();
        int[] missing = new int[100];
        seen.append(nack.wrap(reader)).append(nack.mediaSsrc()).append(nack.copySequenceNumbers(missing));
        seen.append(Arrays.toString(missing));
        ReceiverEstimatedMaximumBitrate estimate = new ReceiverEstimatedMaximumBitrate();
        seen.append(estimate.wrap(reader)).append(estimate.bitrateBps());
        for (int i = 0; i < estimate.ssrcCount(); i++) {
            seen.append(estimate.ssrc(i));
        }
        TransportFeedback transport = new TransportFeedback();
        seen.append(transport.wrap(reader)).append(transport.feedbackCount()).append(transport.mediaSsrc());
        while (transport.next()) {
            seen.append(transport.received() ? transport.arrivalTicks() : -transport.sequenceNumber());
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void readsNothingOutsideThePacketAndNeverThrows(Named named) {
        List<String> broken = new ArrayList<>();
        Random random = new Random(7);
        for (byte[] seed : seeds()) {
            for (int length = 0; length <= seed.length; length++) {
                check(named, Arrays.copyOf(seed, length), broken);
            }
            for (int i = 0; i < MUTATIONS; i++) {
                check(named, mutate(seed, random), broken);
            }
        }
        assertEquals(List.of(), broken);
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] mutated = Arrays.copyOf(seed, Math.max(0, seed.length - random.nextInt(4)));
        for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
            int at = random.nextInt(mutated.length);
            mutated[at] =
                    random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (mutated[at] ^ 1 << random.nextInt(8));
        }
        return mutated;
    }

    private static void check(Named named, byte[] input, List<String> broken) {
        try {
            String alone = named.parser().see(input, 0, input.length);
            for (byte filler : new byte[] {0, (byte) 0xFF}) {
                byte[] surrounded = new byte[input.length + 2 * MARGIN];
                Arrays.fill(surrounded, filler);
                System.arraycopy(input, 0, surrounded, MARGIN, input.length);
                assertEquals(alone, named.parser().see(surrounded, MARGIN, input.length));
            }
        } catch (RuntimeException | AssertionError failure) {
            broken.add(HexFormat.of().formatHex(input) + ": " + failure);
        }
    }
}
