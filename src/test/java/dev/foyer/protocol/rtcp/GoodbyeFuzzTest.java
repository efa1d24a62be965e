package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.util.List;

/** Sources are as many as fit. */
class GoodbyeFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, GoodbyeFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        Goodbye goodbye = new Goodbye();
        boolean known = goodbye.wrap(reader);
        assertTrue(4 * goodbye.sourceCount() <= reader.length());
        int zeros = 0;
        for (int i = 0; i < goodbye.sourceCount(); i++) {
            zeros += goodbye.ssrc(i) == 0 ? 1 : 0;
        }
        if (known && goodbye.sourceCount() > 0) {
            byte[] written = new byte[16];
            Goodbye again = new Goodbye();
            assertTrue(again.wrap(written, 0, Goodbye.write(written, 0, goodbye.ssrc(0))));
            assertEquals(goodbye.ssrc(0), again.ssrc(0));
        }
        return List.of(known, goodbye.senderSsrc() == 0, goodbye.sourceCount(), zeros);
    }
}
