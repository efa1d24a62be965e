package dev.foyer.sfu.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketHistoryTest {
    private static final long MS = 1_000_000;

    private final PacketHistory history = new PacketHistory();
    private final RtpPacket found = new RtpPacket();

    private static byte[] bytes(int sequenceNumber, int payloadLength) {
        byte[] payload = new byte[payloadLength];
        new Random(sequenceNumber).nextBytes(payload);
        return new RtpBytes().sequenceNumber(sequenceNumber).payload(payload).build();
    }

    private boolean holds(byte[] expected, int sequenceNumber) {
        if (!history.find(sequenceNumber, found)) {
            return false;
        }
        assertArrayEquals(
                expected,
                Arrays.copyOfRange(found.buffer(), found.offset(), found.offset() + found.length()),
                "packet " + sequenceNumber);
        return true;
    }

    /** At every step the packets of the last second must be there, and what is there must be right. */
    @ParameterizedTest
    @ValueSource(ints = {0, 30_000, 65_000, 65_535})
    void keepsTheLastSecondOfAVideoStream(int start) {
        Random random = new Random(start);
        int perSecond = 300;
        byte[][] sent = new byte[4000][];
        for (int i = 0; i < sent.length; i++) {
            long now = 3_600_000 * MS + i * 1000L / perSecond * MS;
            int sequenceNumber = (start + i) & 0xFFFF;
            sent[i] = bytes(sequenceNumber, random.nextInt(1, 1200));
            history.store(RtpBytes.packet(sent[i]), now);
            for (int back = 0; back < 1200 && back <= i; back += 1 + random.nextInt(40)) {
                boolean held = holds(sent[i - back], (sequenceNumber - back) & 0xFFFF);
                assertTrue(held || back >= perSecond - 20, "packet " + back + " back of " + i);
            }
        }
        assertTrue(history.capacity() <= 1 << 20);
    }

    @Test
    void staysSmallForASlowStream() {
        for (int i = 0; i < 5000; i++) {
            history.store(RtpBytes.packet(bytes(i, 1000)), i * 100L * MS);
        }
        assertEquals(1 << 15, history.capacity());
        assertTrue(history.find(4999, found));
        assertFalse(history.find(4900, found));
    }

    @Test
    void growsWhenASlowStreamBecomesFast() {
        for (int i = 0; i < 100; i++) {
            history.store(RtpBytes.packet(bytes(i, 1000)), i * 500L * MS);
        }
        for (int i = 100; i < 400; i++) {
            history.store(RtpBytes.packet(bytes(i, 1000)), 50_000 * MS + (i - 100) * 3L * MS);
        }
        assertTrue(history.find(400 - 250, found));
    }

    @Test
    void stopsGrowingAtItsBound() {
        for (int i = 0; i < 5000; i++) {
            history.store(RtpBytes.packet(bytes(i, 1900)), 0);
        }
        assertEquals(1 << 20, history.capacity());
        assertTrue(history.find(4999, found));
    }

    @Test
    void doesNotKnowWhatItNeverHad() {
        assertFalse(history.find(0, found));
        history.store(RtpBytes.packet(bytes(7, 10)), 0);
        assertFalse(history.find(7 + 1024, found));
        history.store(RtpBytes.packet(bytes(8, 3000)), 0);
        assertFalse(history.find(8, found), "too long to keep");
    }
}
