package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Av1DescriptorTest {
    private static final int ID = 12;
    /**
     * Start and end of frame, template 0, frame 0x0102, then the bits
     * {@code 10000 000000 00000 01 00 01 11}: a structure at id offset 0 with one target and four templates of temporal
     * layers 0, 1, 1, 2.
     */
    private static final byte[] STRUCTURE = hex("C0 0102 80 00 47 00");

    private final Av1Descriptor descriptor = new Av1Descriptor(ID);

    private boolean parse(byte[] dependency, String payload) {
        return descriptor.parse(
                new RtpBytes().oneByteExtension(ID, dependency).payload(payload).packet());
    }

    @Test
    void seesAKeyFrameByFrameStartAndStructure() {
        assertTrue(parse(STRUCTURE, "10 00"));
        assertTrue(descriptor.isKeyFrame());
        assertTrue(descriptor.startsFrame());
        assertEquals(0x0102, descriptor.pictureId());
        assertEquals(16, descriptor.pictureIdBits());
        assertTrue(parse(hex("40 0102 80 00 47 00"), "90 00"));
        assertFalse(descriptor.isKeyFrame(), "not the first packet of the frame");
        assertTrue(parse(hex("C1 0103"), "10 00"));
        assertFalse(descriptor.isKeyFrame(), "no structure");
    }

    @Test
    void knowsTheLayersOfLaterFramesFromTheStructure() {
        assertTrue(parse(STRUCTURE, "10 00"));
        assertEquals(0, descriptor.temporalLayer());
        int[] layers = {0, 1, 1, 2, 0};
        for (int template = 0; template < layers.length; template++) {
            byte[] next = {(byte) (0xC0 | template), 1, 3};
            assertTrue(parse(next, "10 00"));
            assertEquals(layers[template], descriptor.temporalLayer(), "template " + template);
        }
    }

    @Test
    void rewritesTheFrameNumberInTheCopy() {
        assertTrue(parse(STRUCTURE, "10 00"));
        byte[] copy = new byte[20];
        System.arraycopy(STRUCTURE, 0, copy, 5, STRUCTURE.length);
        descriptor.rewrite(copy, 15, 5, 0xFFEE, -1);
        assertArrayEquals(hex("C0 FFEE 80 00 47 00"), Arrays.copyOfRange(copy, 5, 12));
        byte[] untouched = new byte[20];
        descriptor.rewrite(untouched, 15, -1, 0xFFEE, -1);
        assertArrayEquals(new byte[20], untouched);
    }

    @Test
    void fallsBackToTheAggregationHeader() {
        Av1Descriptor plain = new Av1Descriptor(0);
        assertTrue(plain.parse(new RtpBytes().payload("18 0A").packet()));
        assertTrue(plain.isKeyFrame(), "N=1");
        assertTrue(plain.parse(new RtpBytes().payload("10 0A").packet()));
        assertFalse(plain.isKeyFrame());
        assertTrue(plain.parse(new RtpBytes().payload("98 0A").packet()));
        assertFalse(plain.isKeyFrame(), "continues an OBU");
        assertEquals(-1, plain.pictureId());
        assertFalse(plain.parse(new RtpBytes().packet()));
    }

    @Test
    void refusesAStructureThatIsCut() {
        for (int length = 1; length < 6; length++) {
            boolean understood = parse(Arrays.copyOf(STRUCTURE, length), "10 00");
            assertFalse(understood && descriptor.isKeyFrame(), "length " + length);
            assertFalse(descriptor.isKeyFrame());
        }
        for (int length = 4; length < 6; length++) {
            assertFalse(new DependencyDescriptor().parse(STRUCTURE, 0, length), "what follows is another's");
        }
        byte[] endless = new byte[16];
        endless[0] = (byte) 0xC0;
        endless[3] = (byte) 0x80;
        assertFalse(parse(endless, "10 00"), "layers without an end");
    }
}
