package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Arrays;
import java.util.List;

/** What is unwrapped is a packet two bytes shorter; wrapped again it is the same; nothing is written around it. */
class RtxPacketFuzzTest implements FuzzTarget {
    private static final int MARGIN = 16;
    private static final byte FILLER = 0x5A;

    @Override
    public List<byte[]> corpus() {
        return List.of(
                new RtpBytes().payload("1234 90E09267").build(),
                new RtpBytes()
                        .csrcs(1, 2)
                        .oneByteExtension(3, new byte[4])
                        .payload("0000 01")
                        .padding(9)
                        .build(),
                new RtpBytes().payload("1234").build(),
                new RtpBytes().padding(200).build());
    }

    @Override
    public Object examine(byte[] input) {
        byte[] buffer = new byte[input.length + 2 * MARGIN];
        Arrays.fill(buffer, FILLER);
        System.arraycopy(input, 0, buffer, MARGIN, input.length);
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(buffer, MARGIN, input.length)) {
            return false;
        }
        byte[] payload = payload(packet);
        if (!RtxPacket.unwrap(packet, 96, 7)) {
            assertTrue(payload.length <= 2, "has an original in it");
            return "padding only";
        }
        assertEquals(input.length - 2, packet.length());
        assertEquals((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF), packet.sequenceNumber());
        assertArrayEquals(Arrays.copyOfRange(payload, 2, payload.length), payload(packet));
        assertEquals(input.length, RtxPacket.wrap(packet, 97, 8, 5));
        assertArrayEquals(payload, payload(packet));
        for (int i = 0; i < MARGIN; i++) {
            assertEquals(FILLER, buffer[i]);
        }
        for (int i = MARGIN + input.length + 2; i < buffer.length; i++) {
            assertEquals(FILLER, buffer[i]);
        }
        return List.of(packet.hasPadding(), packet.hasExtension(), packet.csrcCount());
    }

    private static byte[] payload(RtpPacket packet) {
        return Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }
}
