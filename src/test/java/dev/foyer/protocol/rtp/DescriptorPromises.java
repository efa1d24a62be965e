package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.Surroundings;
import java.util.Arrays;
import java.util.List;

/**
 * What every payload descriptor promises, whatever a packet holds: it looks nowhere else, its values are in their ranges,
 * numbers that are written are read again, and nothing else of the packet is changed by that.
 */
final class DescriptorPromises {
    private static final int NEW_PICTURE = 0x2A;
    private static final int NEW_INDEX = 88;

    private DescriptorPromises() {}

    static Object of(byte[] input, String mimeType) throws Exception {
        return Surroundings.areNotSeen(input, (buffer, offset, length) -> see(mimeType, buffer, offset, length));
    }

    private static Object see(String mimeType, byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        packet.wrap(buffer, offset, length);
        PayloadDescriptor descriptor = PayloadDescriptor.of(mimeType, RtpPackets.DESCRIPTOR_ID);
        if (!descriptor.parse(packet)) {
            assertFalse(descriptor.isKeyFrame() || descriptor.startsFrame());
            assertEquals(0, descriptor.spatialLayer() + descriptor.temporalLayer());
            assertEquals(-1, descriptor.pictureId());
            return false;
        }
        assertTrue(packet.payloadLength() > 0);
        assertTrue(!descriptor.isKeyFrame() || descriptor.startsFrame());
        assertTrue(descriptor.spatialLayer() >= 0 && descriptor.spatialLayer() < 64);
        assertTrue(descriptor.temporalLayer() >= 0 && descriptor.temporalLayer() < 64);
        assertTrue(descriptor.temporalLayer0Index() >= -1 && descriptor.temporalLayer0Index() < 256);
        int bits = descriptor.pictureIdBits();
        assertEquals(bits > 0, descriptor.pictureId() >= 0);
        assertTrue(descriptor.pictureId() < 1 << bits);
        rewrites(mimeType, descriptor, packet);
        return List.of(
                descriptor.isKeyFrame(),
                descriptor.startsFrame(),
                descriptor.spatialLayer(),
                descriptor.temporalLayer(),
                descriptor.isTemporalSwitchPoint(),
                bits,
                descriptor.temporalLayer0Index() >= 0);
    }

    private static void rewrites(String mimeType, PayloadDescriptor descriptor, RtpPacket packet) {
        byte[] original = Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
        byte[] copy = original.clone();
        HeaderExtensionReader extensions = packet.extensions();
        int descriptorOffset = extensions.find(RtpPackets.DESCRIPTOR_ID) ? extensions.offset() - packet.offset() : -1;
        descriptor.rewrite(copy, packet.headerLength(), descriptorOffset, NEW_PICTURE, NEW_INDEX);
        PayloadDescriptor again = PayloadDescriptor.of(mimeType, RtpPackets.DESCRIPTOR_ID);
        assertTrue(again.parse(RtpBytes.packet(copy)));
        if (descriptor.pictureIdBits() > 0) {
            assertEquals(NEW_PICTURE, again.pictureId());
        }
        if (descriptor.temporalLayer0Index() >= 0) {
            assertEquals(NEW_INDEX, again.temporalLayer0Index());
        }
        assertEquals(descriptor.pictureIdBits(), again.pictureIdBits());
        assertEquals(descriptor.isKeyFrame(), again.isKeyFrame());
        assertEquals(descriptor.temporalLayer(), again.temporalLayer());
        int changed = 0;
        for (int i = 0; i < copy.length; i++) {
            changed += copy[i] == original[i] ? 0 : 1;
        }
        assertTrue(changed <= 3, changed + " bytes were changed");
    }
}
