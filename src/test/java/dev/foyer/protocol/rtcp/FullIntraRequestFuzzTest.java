package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.util.List;

/** Entries are as many as fit, and what is read is what is written. */
class FullIntraRequestFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, FullIntraRequestFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        FullIntraRequest request = new FullIntraRequest();
        boolean known = request.wrap(reader);
        assertTrue(8 * request.entryCount() <= reader.length());
        for (int i = 0; i < request.entryCount(); i++) {
            byte[] written = new byte[32];
            FullIntraRequest again = new FullIntraRequest();
            int length = FullIntraRequest.write(
                    written, 0, request.senderSsrc(), request.ssrc(i), request.sequenceNumber(i));
            assertTrue(again.wrap(written, 0, length));
            assertEquals(request.ssrc(i), again.ssrc(0));
            assertEquals(request.sequenceNumber(i), again.sequenceNumber(0));
        }
        return List.of(known, request.entryCount());
    }
}
