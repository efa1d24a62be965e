package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A name is found only inside the packet, and one that is written is found. */
class SourceDescriptionFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, SourceDescriptionFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        SourceDescription description = new SourceDescription();
        boolean known = description.wrap(reader);
        assertTrue(description.chunkCount() <= 31);
        long first = description.senderSsrc();
        String name = description.cname(first);
        String other = description.cname(2);
        if (!known) {
            assertNull(name);
            return false;
        }
        if (name != null) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            byte[] written = new byte[SourceDescription.length(text)];
            SourceDescription again = new SourceDescription();
            assertTrue(again.wrap(written, 0, SourceDescription.write(written, 0, first, text)));
            String read = again.cname(first);
            // What was not UTF-8 has grown, and may then be cut.
            assertEquals(text.length <= 255 ? name : read, read);
            assertNull(again.cname(first ^ 1));
        }
        return List.of(description.chunkCount(), name == null, other == null);
    }
}
