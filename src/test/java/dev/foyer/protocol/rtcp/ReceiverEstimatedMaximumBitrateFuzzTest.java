package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.util.List;

/** A bitrate is never negative, and what is read is what is written. */
class ReceiverEstimatedMaximumBitrateFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, ReceiverEstimatedMaximumBitrateFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        ReceiverEstimatedMaximumBitrate estimate = new ReceiverEstimatedMaximumBitrate();
        boolean known = estimate.wrap(reader);
        assertTrue(estimate.bitrateBps() >= 0);
        assertTrue(4 * estimate.ssrcCount() <= reader.length());
        long[] ssrcs = new long[estimate.ssrcCount()];
        for (int i = 0; i < ssrcs.length; i++) {
            ssrcs[i] = estimate.ssrc(i);
        }
        if (known && estimate.bitrateBps() < Long.MAX_VALUE) {
            byte[] written = new byte[20 + 4 * ssrcs.length];
            ReceiverEstimatedMaximumBitrate again = new ReceiverEstimatedMaximumBitrate();
            int length = ReceiverEstimatedMaximumBitrate.write(
                    written, 0, estimate.senderSsrc(), estimate.bitrateBps(), ssrcs, ssrcs.length);
            assertTrue(again.wrap(written, 0, length));
            assertEquals(estimate.bitrateBps(), again.bitrateBps());
            assertEquals(ssrcs.length, again.ssrcCount());
        }
        return List.of(known, Long.numberOfLeadingZeros(estimate.bitrateBps()), ssrcs.length);
    }
}
