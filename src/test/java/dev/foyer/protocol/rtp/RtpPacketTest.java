package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    /** V=2 P=1 X=1 CC=2, M=1 PT=111, one extension word, 3 bytes of payload, 2 of padding. */
    private static final byte[] EVERYTHING = hex("""
            B2 EF FFFE 89ABCDEF DEADBEEF
            00000001 FFFFFFFF
            BEDE 0001 10AA0000
            010203 0002""");

    private final RtpPacket packet = new RtpPacket();

    @Test
    void readsEveryFieldOfTheFixedHeader() {
        assertTrue(packet.wrap(EVERYTHING, 0, EVERYTHING.length));
        assertEquals(2, packet.version());
        assertTrue(packet.hasPadding());
        assertEquals(2, packet.paddingLength());
        assertTrue(packet.hasExtension());
        assertTrue(packet.marker());
        assertEquals(111, packet.payloadType());
        assertEquals(0xFFFE, packet.sequenceNumber());
        assertEquals(0x89ABCDEFL, packet.timestamp());
        assertEquals(0xDEADBEEFL, packet.ssrc());
        assertEquals(2, packet.csrcCount());
        assertEquals(1, packet.csrc(0));
        assertEquals(0xFFFFFFFFL, packet.csrc(1));
        assertThrows(IndexOutOfBoundsException.class, () -> packet.csrc(2));
        assertEquals(28, packet.headerLength());
        assertEquals(28, packet.payloadOffset());
        assertEquals(3, packet.payloadLength());
    }

    @Test
    void readsAtAnOffset() {
        byte[] shifted = new byte[EVERYTHING.length + 20];
        System.arraycopy(EVERYTHING, 0, shifted, 7, EVERYTHING.length);
        assertTrue(packet.wrap(shifted, 7, EVERYTHING.length));
        assertEquals(0xDEADBEEFL, packet.ssrc());
        assertEquals(35, packet.payloadOffset());
        HeaderExtensionReader extensions = packet.extensions();
        assertTrue(extensions.find(1));
        assertEquals(7 + 12 + 8 + 4 + 1, extensions.offset());
        assertEquals(0xAA, extensions.firstByte());
    }

    @Test
    void writesThroughToTheArray() {
        byte[] bytes = EVERYTHING.clone();
        assertTrue(packet.wrap(bytes, 0, bytes.length));
        packet.payloadType(96);
        packet.marker(false);
        packet.sequenceNumber(0x1_0001);
        packet.timestamp(5);
        packet.ssrc(6);
        assertArrayEquals(hex("B2 60 0001 00000005 00000006"), Arrays.copyOf(bytes, 12));
        packet.marker(true);
        assertEquals(96, packet.payloadType());
    }

    @Test
    void refusesWhatIsNoPacket() {
        assertFalse(packet.wrap(hex("80 60 0001 00000001 000000"), 0, 11), "cut");
        assertFalse(packet.wrap(hex("40 60 0001 00000001 00000001"), 0, 12), "version 1");
        assertFalse(packet.wrap(hex("81 60 0001 00000001 00000001"), 0, 12), "csrc missing");
        assertFalse(packet.wrap(hex("90 60 0001 00000001 00000001 BEDE"), 0, 14), "extension header cut");
        assertFalse(packet.wrap(hex("90 60 0001 00000001 00000001 BEDE0001"), 0, 16), "extension cut");
        assertFalse(packet.wrap(hex("A0 60 0001 00000001 00000001 0000"), 0, 14), "padding of zero");
        assertFalse(packet.wrap(hex("A0 60 0001 00000001 00000001 0003"), 0, 14), "padding beyond the payload");
        assertFalse(packet.wrap(EVERYTHING, 5, EVERYTHING.length), "beyond the array");
        assertFalse(packet.wrap(EVERYTHING, -1, EVERYTHING.length), "before the array");
        assertEquals(0, packet.payloadLength());
        assertEquals(0, packet.ssrc());
    }

    @Test
    void allowsPaddingAsTheWholePayload() {
        assertTrue(packet.wrap(hex("A0 60 0001 00000001 00000001 0002"), 0, 14));
        assertEquals(0, packet.payloadLength());
        assertEquals(2, packet.paddingLength());
    }

    @Test
    void tellsRtpFromRtcp() {
        for (int second = 0; second < 256; second++) {
            byte[] bytes = new byte[12];
            bytes[0] = (byte) 0x80;
            bytes[1] = (byte) second;
            assertEquals(second < 192 || second > 223, RtpPacket.looksLikeRtp(bytes, 0, 12), "byte " + second);
        }
        assertFalse(RtpPacket.looksLikeRtp(new byte[12], 0, 12));
        assertFalse(RtpPacket.looksLikeRtp(hex("8060"), 0, 2));
    }
}
