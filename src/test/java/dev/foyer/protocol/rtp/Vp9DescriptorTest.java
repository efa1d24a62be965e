package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Vp9DescriptorTest {
    private final Vp9Descriptor descriptor = new Vp9Descriptor();

    private boolean parse(String hex) {
        return descriptor.parse(new RtpBytes().payload(hex).packet());
    }

    /** I, L, B, V: PictureID 0x1234, TID 0, SID 0, TL0PICIDX 7, structure of one layer 320x240 and one picture. */
    @Test
    void seesAKeyFrameWithItsStructure() {
        assertTrue(parse("AA 9234 00 07 18 0140 00F0 01 14 01 FF"));
        assertTrue(descriptor.isKeyFrame());
        assertTrue(descriptor.startsFrame());
        assertEquals(0x1234, descriptor.pictureId());
        assertEquals(15, descriptor.pictureIdBits());
        assertEquals(7, descriptor.temporalLayer0Index());
        assertEquals(13, descriptor.length());
    }

    @Test
    void isNoKeyFrameInsideAFrameOrWhenPredictedOrInAnUpperSpatialLayer() {
        assertTrue(parse("A0 11 00 07 FF"));
        assertFalse(descriptor.isKeyFrame(), "B=0");
        assertTrue(parse("E8 11 00 07 FF"));
        assertFalse(descriptor.isKeyFrame(), "P=1");
        assertTrue(parse("A8 11 03 07 FF"));
        assertFalse(descriptor.isKeyFrame(), "SID=1");
        assertEquals(1, descriptor.spatialLayer());
    }

    @Test
    void readsLayersAndFlexibleReferences() {
        assertTrue(parse("F8 11 52 03 05 02 FF"));
        assertEquals(2, descriptor.temporalLayer());
        assertTrue(descriptor.isTemporalSwitchPoint());
        assertEquals(1, descriptor.spatialLayer());
        assertEquals(-1, descriptor.temporalLayer0Index());
        assertEquals(6, descriptor.length());
        assertFalse(parse("F8 11 52 03 05"), "N=1 without another P_DIFF");
    }

    @Test
    void rewritesNumbersInTheirWidth() {
        assertTrue(parse("A8 9234 00 07 FF"));
        byte[] copy = RtpBytes.hex("A8 9234 00 07 FF");
        descriptor.rewrite(copy, 0, -1, 1, 2);
        assertArrayEquals(RtpBytes.hex("A8 8001 00 02 FF"), copy);
    }

    @Test
    void isNeutralAfterADescriptorThatIsCut() {
        byte[] whole = RtpBytes.hex("AA 9234 00 07 18 0140 00F0 01 14 01");
        for (int length = 0; length <= whole.length; length++) {
            assertFalse(descriptor.parse(new RtpBytes()
                    .payload(java.util.Arrays.copyOf(whole, length))
                    .packet()));
            assertFalse(descriptor.isKeyFrame());
            assertEquals(-1, descriptor.pictureId());
        }
    }
}
