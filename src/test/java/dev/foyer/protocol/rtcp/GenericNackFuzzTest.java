package dev.foyer.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.util.List;

/** Numbers are as many as the items can say, and what is read is what is written. */
class GenericNackFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return RtcpPackets.all();
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return RtcpPackets.seen(input, GenericNackFuzzTest::see);
    }

    private static Object see(RtcpReader reader) {
        GenericNack nack = new GenericNack();
        boolean known = nack.wrap(reader);
        assertEquals(known, nack.itemCount() > 0);
        int[] missing = new int[17 * nack.itemCount() + 1];
        int count = nack.copySequenceNumbers(missing);
        assertTrue(count >= nack.itemCount() && count < missing.length);
        assertEquals(Math.min(3, count), nack.copySequenceNumbers(new int[3]));
        if (known && ascending(missing, count)) {
            byte[] written = new byte[GenericNack.maximumLength(count)];
            int length = GenericNack.write(written, 0, nack.senderSsrc(), nack.mediaSsrc(), missing, count);
            GenericNack again = new GenericNack();
            assertTrue(again.wrap(written, 0, length));
            int[] read = new int[missing.length];
            assertEquals(count, again.copySequenceNumbers(read));
            assertArrayEquals(missing, read);
        }
        return List.of(known, nack.itemCount(), count);
    }

    /** As the writer wants them; a foreign packet may say them in any order and more than once. */
    private static boolean ascending(int[] numbers, int count) {
        for (int i = 1; i < count; i++) {
            if (((numbers[i] - numbers[i - 1]) & 0xFFFF) - 1 > 0x7FFE || numbers[i] == numbers[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
