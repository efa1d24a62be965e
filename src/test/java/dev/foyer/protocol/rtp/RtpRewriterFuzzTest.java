package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Surroundings;
import java.util.Arrays;
import java.util.List;

/** A packet that is passed on is a packet again, with its payload, and nothing is written beyond it. */
class RtpRewriterFuzzTest implements FuzzTarget {
    private static final int GUARD = 32;
    private static final byte UNTOUCHED = 0x5A;

    @Override
    public List<byte[]> corpus() {
        return RtpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, RtpRewriterFuzzTest::see);
    }

    private static Object see(byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(buffer, offset, length)) {
            return false;
        }
        RtpRewriter rewriter = new RtpRewriter(new HeaderExtensionTable()
                .mid(1, "mid")
                .absSendTime(2)
                .transportWideSequence(4)
                .map(3, 3)
                .mapDependencyDescriptor(RtpPackets.DESCRIPTOR_ID, 5)
                .map(77, 6));
        byte[] destination = new byte[GUARD + packet.length() + RtpRewriter.SPARE + GUARD];
        Arrays.fill(destination, UNTOUCHED);
        int written = rewriter.rewrite(packet, 100, 0xFFFF_FFFFL, 65_535, 7, destination, GUARD);
        assertTrue(written <= packet.length() + RtpRewriter.SPARE);
        for (int i = 0; i < GUARD; i++) {
            assertEquals(UNTOUCHED, destination[i]);
        }
        for (int i = GUARD + Math.max(written, packet.length() + RtpRewriter.SPARE); i < destination.length; i++) {
            assertEquals(UNTOUCHED, destination[i]);
        }
        if (written == 0) {
            return "no room";
        }
        RtpPacket copy = new RtpPacket();
        assertTrue(copy.wrap(destination, GUARD, written), "what is written is no packet");
        assertEquals(100, copy.payloadType());
        assertEquals(0xFFFF_FFFFL, copy.ssrc());
        assertEquals(packet.marker(), copy.marker());
        assertEquals(packet.csrcCount(), copy.csrcCount());
        assertEquals(0, copy.paddingLength());
        assertArrayEquals(payload(packet), payload(copy));
        assertTrue(copy.extensions().find(1)
                && copy.extensions().find(2)
                && copy.extensions().find(4));
        return List.of(
                copy.extensions().isTwoByteForm(),
                copy.extensions().find(3),
                copy.extensions().find(5),
                copy.extensions().find(6));
    }

    private static byte[] payload(RtpPacket packet) {
        return Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }
}
