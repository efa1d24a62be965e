package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Steps;
import dev.foyer.fuzz.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Elements lie in the extension block, one behind the other, and each is found by its id. */
class HeaderExtensionReaderFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, HeaderExtensionReaderFuzzTest::see);
    }

    private static Object see(byte[] buffer, int offset, int length) {
        RtpPacket packet = new RtpPacket();
        packet.wrap(buffer, offset, length);
        HeaderExtensionReader reader = packet.extensions();
        List<Object> elements = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        // The shortest element is a header without a value.
        Steps steps = new Steps(packet.extensionLength());
        int from = packet.extensionOffset();
        while (reader.next() && steps.step()) {
            assertTrue(reader.id() > 0 && reader.id() <= (reader.isTwoByteForm() ? 255 : 14));
            assertTrue(reader.offset() > from, "an element begins in the one before");
            from = reader.offset() + reader.length();
            assertTrue(from <= packet.extensionOffset() + packet.extensionLength(), "an element ends outside");
            assertEquals(reader.length() > 0, reader.firstByte() >= 0);
            assertEquals(reader.length() > 1, reader.u16() >= 0);
            assertEquals(reader.length() > 2, reader.u24() >= 0);
            byte[] value = Arrays.copyOfRange(buffer, reader.offset(), from);
            assertTrue(reader.valueEquals(value) && reader.text().length() <= reader.length());
            elements.add(List.of(reader.id(), Arrays.hashCode(value)));
            seen.add(reader.id());
        }
        assertEquals(0, reader.id());
        for (int id = 1; id < 256; id++) {
            assertEquals(seen.contains(id), packet.extensions().find(id));
        }
        return List.of(packet.extensions().isTwoByteForm(), elements);
    }
}
