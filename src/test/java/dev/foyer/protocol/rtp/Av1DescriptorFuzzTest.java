package dev.foyer.protocol.rtp;

import dev.foyer.fuzz.FuzzTarget;
import java.util.List;

/** See {@link DescriptorPromises}. */
class Av1DescriptorFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return DescriptorPromises.of(input, "video/AV1");
    }
}
