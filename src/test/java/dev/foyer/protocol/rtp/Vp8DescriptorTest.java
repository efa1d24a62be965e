package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Vp8DescriptorTest {
    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    private boolean parse(String hex) {
        return descriptor.parse(new RtpBytes().payload(hex).packet());
    }

    /** RFC 7741 section 4.6.1: key frame in a single packet, S=1, PictureID 17 of 7 bits, start code of a key frame. */
    @Test
    void seesAKeyFrame() {
        assertTrue(parse("90 80 11 00 00 00 9D012A"));
        assertTrue(descriptor.isKeyFrame());
        assertTrue(descriptor.startsFrame());
        assertEquals(17, descriptor.pictureId());
        assertEquals(7, descriptor.pictureIdBits());
        assertEquals(-1, descriptor.temporalLayer0Index());
        assertEquals(3, descriptor.length());
    }

    /** RFC 7741 section 4.6.3: a VP8 frame over two packets, PictureID 4711 of 15 bits; the second has S=0. */
    @Test
    void seesOnlyTheFirstPacketOfAFrameAsItsStart() {
        assertTrue(parse("90 80 9267 01"));
        assertTrue(descriptor.startsFrame());
        assertFalse(descriptor.isKeyFrame(), "P=1 is an inter frame");
        assertEquals(4711, descriptor.pictureId());
        assertEquals(15, descriptor.pictureIdBits());
        assertTrue(parse("80 80 9267 00"));
        assertFalse(descriptor.startsFrame());
        assertFalse(descriptor.isKeyFrame());
        assertTrue(parse("91 80 9267 00"));
        assertFalse(descriptor.startsFrame(), "start of partition 1");
    }

    @Test
    void readsTemporalLayers() {
        assertTrue(parse("90 E0 8001 2A A3 01"));
        assertEquals(1, descriptor.pictureId());
        assertEquals(42, descriptor.temporalLayer0Index());
        assertEquals(2, descriptor.temporalLayer());
        assertTrue(descriptor.isTemporalSwitchPoint());
        assertTrue(parse("90 10 05 01"), "KEYIDX only");
        assertEquals(0, descriptor.temporalLayer());
    }

    @Test
    void readsADescriptorWithoutExtension() {
        assertTrue(parse("10 00"));
        assertTrue(descriptor.isKeyFrame());
        assertEquals(-1, descriptor.pictureId());
        assertEquals(0, descriptor.pictureIdBits());
    }

    @Test
    void rewritesNumbersInTheirWidth() {
        assertTrue(parse("90 E0 9267 2A A3 01"));
        byte[] copy = RtpBytes.hex("FF 90 E0 9267 2A A3 01");
        descriptor.rewrite(copy, 1, -1, 0x7FFF, 255);
        assertArrayEquals(RtpBytes.hex("FF 90 E0 FFFF FF A3 01"), copy);
        assertTrue(parse("90 80 11 00"));
        copy = RtpBytes.hex("90 80 11 00");
        descriptor.rewrite(copy, 0, -1, 0x80 + 5, 9);
        assertArrayEquals(RtpBytes.hex("90 80 05 00"), copy);
        assertTrue(parse("10 00"));
        copy = RtpBytes.hex("10 00");
        descriptor.rewrite(copy, 0, -1, 5, 9);
        assertArrayEquals(RtpBytes.hex("10 00"), copy);
    }

    @Test
    void isNeutralAfterADescriptorThatIsCut() {
        assertTrue(parse("90 E0 9267 2A A3 00"));
        for (String cut : new String[] {"", "90", "90E0", "90E092", "90E09267", "90E092672A", "90E092672AA3"}) {
            assertFalse(parse(cut), cut);
            assertFalse(descriptor.isKeyFrame(), cut);
            assertEquals(-1, descriptor.pictureId(), cut);
            assertEquals(-1, descriptor.temporalLayer0Index(), cut);
        }
    }
}
