package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.util.List;

/** What is read is what is written. */
class PictureLossIndicationFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, PictureLossIndicationFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        PictureLossIndication loss = new PictureLossIndication();
        if (!loss.wrap(reader)) {
            assertEquals(0, loss.mediaSsrc());
            return false;
        }
        byte[] written = new byte[16];
        PictureLossIndication again = new PictureLossIndication();
        int length = PictureLossIndication.write(written, 0, loss.senderSsrc(), loss.mediaSsrc());
        assertTrue(again.wrap(written, 0, length));
        assertEquals(loss.senderSsrc(), again.senderSsrc());
        assertEquals(loss.mediaSsrc(), again.mediaSsrc());
        return true;
    }
}
