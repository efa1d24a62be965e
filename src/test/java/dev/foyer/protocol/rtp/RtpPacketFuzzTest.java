package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parts of a packet lie in it, in order and without gaps, and what is set is read again. */
class RtpPacketFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        Object seen = Surroundings.areNotSeen(input, RtpPacketFuzzTest::see);
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(input, 0, input.length)) {
            setsWhatItReads(packet, input);
        }
        return seen;
    }

    private static Object see(byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        boolean valid = packet.wrap(buffer, offset, length);
        boolean looks = RtpPacket.looksLikeRtp(buffer, offset, length);
        if (!valid) {
            assertEquals(0, packet.payloadLength());
            assertEquals(RtpPacket.FIXED_HEADER_LENGTH, packet.length());
            return looks;
        }
        assertEquals(length, packet.length());
        int fixed = RtpPacket.FIXED_HEADER_LENGTH + 4 * packet.csrcCount();
        int extensions = packet.hasExtension() ? 4 + packet.extensionLength() : 0;
        assertEquals(fixed + extensions, packet.headerLength());
        assertEquals(offset + packet.headerLength(), packet.payloadOffset());
        assertEquals(length, packet.headerLength() + packet.payloadLength() + packet.paddingLength());
        assertTrue(packet.payloadLength() >= 0 && packet.paddingLength() >= 0);
        List<Object> seen = new ArrayList<>(List.of(
                looks,
                packet.csrcCount() > 0,
                packet.hasPadding(),
                packet.hasExtension() ? packet.extensionProfile() & 0xFFF0 : 0,
                Integer.numberOfLeadingZeros(packet.extensionLength()),
                packet.payloadLength() == 0));
        for (int i = 0; i < packet.csrcCount(); i++) {
            seen.add(packet.csrc(i) == 0);
        }
        return seen;
    }

    private static void setsWhatItReads(RtpPacket packet, byte[] input) {
        byte[] before = input.clone();
        packet.marker(packet.marker());
        packet.payloadType(packet.payloadType());
        packet.sequenceNumber(packet.sequenceNumber());
        packet.timestamp(packet.timestamp());
        packet.ssrc(packet.ssrc());
        assertArrayEquals(before, input);
        packet.marker(!packet.marker());
        packet.payloadType(packet.payloadType() ^ 0x55);
        packet.sequenceNumber(packet.sequenceNumber() + 1);
        packet.timestamp(packet.timestamp() + 1);
        packet.ssrc(packet.ssrc() + 1);
        assertTrue(
                Arrays.equals(before, 12, before.length, input, 12, input.length) && before[0] == input[0],
                "a setter wrote elsewhere");
    }
}
