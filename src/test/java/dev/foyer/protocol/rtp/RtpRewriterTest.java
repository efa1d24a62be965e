package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtpRewriterTest {
    private final byte[] destination = new byte[300];

    private byte[] rewrite(RtpRewriter rewriter, RtpPacket source) {
        int length = rewriter.rewrite(source, 101, 0xCAFEBABEL, 0x0102, 0xF0F1F2F3L, destination, 10);
        return Arrays.copyOfRange(destination, 10, 10 + length);
    }

    @Test
    void copiesMarkerCsrcsAndPayloadAndLeavesThePaddingBehind() {
        RtpPacket source =
                new RtpBytes().marker().csrcs(7, 8).payload("AABBCC").padding(5).packet();
        byte[] written = rewrite(new RtpRewriter(new HeaderExtensionTable()), source);
        assertArrayEquals(hex("82 E5 0102 F0F1F2F3 CAFEBABE 00000007 00000008 AABBCC"), written);
    }

    @Test
    void remapsKnownExtensionsDropsOthersAndWritesItsOwnFirst() {
        RtpPacket source = new RtpBytes()
                .oneByteExtension(1, hex("99"))
                .oneByteExtension(2, hex("ABCD"))
                .oneByteExtension(3, hex("1234"))
                .oneByteExtension(4, "old".getBytes(StandardCharsets.UTF_8))
                .payload("01")
                .packet();
        HeaderExtensionTable table =
                new HeaderExtensionTable().map(2, 6).mid(1, "m0").absSendTime(4).transportWideSequence(5);
        RtpRewriter rewriter = new RtpRewriter(table);
        byte[] written = rewrite(rewriter, source);
        assertArrayEquals(
                hex("90 65 0102 F0F1F2F3 CAFEBABE BEDE 0004 11 6D30 42 000000 51 0000 61 ABCD 000000 01"), written);
        assertEquals(10 + 17, rewriter.midOffset());
        assertEquals(10 + 20, rewriter.absSendTimeOffset());
        assertEquals(10 + 24, rewriter.transportWideSequenceOffset());
        assertEquals(10 + 32, rewriter.payloadOffset());
    }

    @Test
    void hasNoExtensionBlockWhenNothingIsKept() {
        RtpPacket source =
                new RtpBytes().oneByteExtension(1, hex("99")).payload("01").packet();
        byte[] written = rewrite(new RtpRewriter(new HeaderExtensionTable().map(2, 2)), source);
        assertArrayEquals(hex("80 65 0102 F0F1F2F3 CAFEBABE 01"), written);
    }

    @Test
    void takesTheTwoByteFormForHighIdsAndLongValues() {
        RtpPacket small =
                new RtpBytes().oneByteExtension(1, hex("99")).payload("01").packet();
        assertArrayEquals(
                hex("90 65 0102 F0F1F2F3 CAFEBABE 1000 0001 1001 99 00 01"),
                rewrite(new RtpRewriter(new HeaderExtensionTable().map(1, 16)), small));

        byte[] descriptor = new byte[20];
        Arrays.fill(descriptor, (byte) 0x5A);
        RtpPacket large = new RtpBytes()
                .twoByteExtension(9, descriptor)
                .twoByteExtension(2, hex("07"))
                .payload("01")
                .packet();
        RtpRewriter rewriter = new RtpRewriter(
                new HeaderExtensionTable().mapDependencyDescriptor(9, 11).map(2, 2));
        RtpPacket written = RtpBytes.packet(rewrite(rewriter, large));
        assertEquals(HeaderExtensionReader.TWO_BYTE_PROFILE, written.extensionProfile());
        HeaderExtensionReader extensions = written.extensions();
        assertTrue(extensions.find(11));
        assertTrue(extensions.valueEquals(descriptor));
        assertEquals(rewriter.dependencyDescriptorOffset() - 10, extensions.offset());
        assertEquals(20, rewriter.dependencyDescriptorLength());
    }

    @Test
    void turnsShortTwoByteElementsIntoOneByteOnes() {
        RtpPacket source =
                new RtpBytes().twoByteExtension(20, hex("99")).payload("01").packet();
        assertArrayEquals(
                hex("90 65 0102 F0F1F2F3 CAFEBABE BEDE 0001 30 99 0000 01"),
                rewrite(new RtpRewriter(new HeaderExtensionTable().map(20, 3)), source));
    }

    @Test
    void writesNothingBeyondADestinationThatIsTooShort() {
        RtpPacket source = new RtpBytes()
                .csrcs(1, 2, 3)
                .oneByteExtension(2, hex("ABCD"))
                .payload(new byte[50])
                .packet();
        RtpRewriter rewriter = new RtpRewriter(new HeaderExtensionTable()
                .map(2, 6)
                .mid(1, "middle")
                .absSendTime(4)
                .transportWideSequence(5));
        int needed = rewriter.rewrite(source, 101, 1, 1, 1, new byte[200], 0);
        for (int room = 0; room < needed; room++) {
            assertEquals(0, rewriter.rewrite(source, 101, 1, 1, 1, new byte[room], 0), "room " + room);
            assertEquals(-1, rewriter.payloadOffset());
        }
        assertEquals(needed, rewriter.rewrite(source, 101, 1, 1, 1, new byte[needed + 4], 0));
    }

    @Test
    void neverNeedsMoreThanTheSpareBytes() {
        HeaderExtensionTable table = new HeaderExtensionTable()
                .mid(15, "x".repeat(32))
                .absSendTime(16)
                .transportWideSequence(17);
        RtpBytes bytes = new RtpBytes().payload("01");
        for (int id = 1; id <= 9; id++) {
            table.map(id, 20 + id);
            bytes.oneByteExtension(id, hex("00"));
        }
        RtpPacket source = bytes.packet();
        byte[] room = new byte[source.length() + RtpRewriter.SPARE];
        assertTrue(new RtpRewriter(table).rewrite(source, 96, 1, 1, 1, room, 0) > 0);
    }

    @Test
    void refusesIdsAndMidsThatCannotBe() {
        HeaderExtensionTable table = new HeaderExtensionTable();
        assertThrows(IllegalArgumentException.class, () -> table.map(0, 1));
        assertThrows(IllegalArgumentException.class, () -> table.map(1, 256));
        assertThrows(IllegalArgumentException.class, () -> table.mid(1, ""));
        assertThrows(IllegalArgumentException.class, () -> table.mid(1, "x".repeat(33)));
        assertFalse(table.needsTwoByteForm());
    }

    @Test
    void saysTheTimeInSixPointEighteen() {
        assertEquals(0, RtpRewriter.absSendTime(0));
        assertEquals(1 << 18, RtpRewriter.absSendTime(1_000_000_000L));
        assertEquals(1 << 17, RtpRewriter.absSendTime(500_000_000L));
        assertEquals(0, RtpRewriter.absSendTime(64_000_000_000L));
        assertEquals(0xFF_FFFF, RtpRewriter.absSendTime(-1_000L), 1);
    }
}
