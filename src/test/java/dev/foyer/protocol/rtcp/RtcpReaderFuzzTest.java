package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Steps;
import dev.foyer.fuzz.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** Packets of a compound lie in it one behind the other, in whole words, and fill it unless it is malformed. */
class RtcpReaderFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, RtcpReaderFuzzTest::see);
    }

    private static Object see(byte[] buffer, int offset, int length) {
        RtcpReader reader = new RtcpReader().wrap(buffer, offset, length);
        List<Object> seen = new ArrayList<>();
        Steps steps = new Steps(length / RtcpReader.HEADER_LENGTH);
        int at = offset;
        while (reader.next() && steps.step()) {
            assertEquals(at, reader.offset());
            assertTrue(reader.length() >= RtcpReader.HEADER_LENGTH
                    && reader.offset() + reader.length() <= offset + length);
            assertTrue(reader.packetType() >= 0 && reader.packetType() < 256);
            assertTrue(reader.count() >= 0 && reader.count() < 32);
            int words = ((buffer[at + 2] & 0xFF) << 8 | (buffer[at + 3] & 0xFF)) + 1;
            at += 4 * words;
            seen.add(reader.packetType());
        }
        assertEquals(at != offset + length, reader.malformed());
        assertEquals(0, reader.length());
        assertEquals(-1, reader.packetType());
        seen.add(reader.malformed());
        return seen;
    }
}
