package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** The input is a run of descriptors, each behind its length: a structure may change how the next ones are read. */
class DependencyDescriptorFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return List.of(hex("09 C00102800047001122 03 850003"), hex("03 C10001 01 00 05 C000008000"), hex("00"));
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, DependencyDescriptorFuzzTest::see);
    }

    private static Object see(byte[] buffer, int offset, int length) {
        DependencyDescriptor descriptor = new DependencyDescriptor();
        List<Object> seen = new ArrayList<>();
        int end = offset + length;
        int at = offset;
        while (at < end && seen.size() < 8) {
            int size = Math.min(buffer[at] & 0xFF, end - at - 1);
            boolean read = descriptor.parse(buffer, at + 1, size);
            assertEquals(read, descriptor.frameNumber() >= 0);
            assertTrue(read || !(descriptor.startsFrame() || descriptor.structurePresent()));
            assertTrue(descriptor.spatialLayer() >= 0 && descriptor.spatialLayer() < 64);
            assertTrue(descriptor.temporalLayer() >= 0 && descriptor.temporalLayer() < 64);
            seen.add(List.of(
                    read, descriptor.structurePresent(), descriptor.spatialLayer(), descriptor.temporalLayer()));
            at += 1 + size;
        }
        return seen;
    }
}
