package dev.foyer.sfu.stream;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtxPacketTest {
    private static byte[] bytes(RtpPacket packet) {
        return Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
    }

    @Test
    void movesTheOriginalNumberBetweenHeaderAndPayload() {
        byte[] original = new RtpBytes()
                .payloadType(96)
                .sequenceNumber(0xFFFF)
                .marker()
                .oneByteExtension(1, hex("AA"))
                .payload("010203")
                .build();
        byte[] array = Arrays.copyOf(original, original.length + RtxPacket.OVERHEAD);
        RtpPacket packet = new RtpPacket();
        assertTrue(packet.wrap(array, 0, original.length));
        assertEquals(original.length + 2, RtxPacket.wrap(packet, 97, 0x55667788L, 7));
        assertArrayEquals(hex("90 E1 0007 000003E8 55667788 BEDE0001 10AA0000 FFFF 010203"), bytes(packet));
        assertTrue(RtxPacket.unwrap(packet, 96, 0x11223344L));
        assertEquals(2, packet.offset());
        assertArrayEquals(original, bytes(packet));
    }

    @Test
    void keepsPadding() {
        RtpPacket packet = new RtpBytes().payload("1234 0102").padding(4).packet();
        assertTrue(RtxPacket.unwrap(packet, 96, 1));
        assertEquals(0x1234, packet.sequenceNumber());
        assertEquals(2, packet.payloadLength());
        assertEquals(4, packet.paddingLength());
    }

    @Test
    void leavesProbesOfPaddingAlone() {
        for (String payload : new String[] {"", "12", "1234"}) {
            RtpPacket packet = new RtpBytes().payload(payload).padding(200).packet();
            byte[] before = bytes(packet);
            assertFalse(RtxPacket.unwrap(packet, 96, 1));
            assertArrayEquals(before, bytes(packet));
        }
    }

    @Test
    void needsTwoBytesBehindThePacket() {
        assertEquals(0, RtxPacket.wrap(new RtpBytes().payload("0102").packet(), 97, 1, 1));
    }
}
