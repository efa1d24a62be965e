package dev.foyer.protocol.srtp;

import dev.foyer.protocol.HotPath;
import java.util.Arrays;

/**
 * The packet index of one stream and which of the last {@value #SIZE} indices were seen (RFC 3711 sections 3.3.1 and
 * 3.3.2).
 *
 * <p>Index = rollover counter * 65,536 + sequence number. The window is wider than the 64 that the RFC asks for: a
 * retransmission under a stream's own sequence number can come many packets late, and a video of 2.5 Mbit/s sends 64 in
 * a quarter of a second. A bit of the ring stands for its index modulo {@value #SIZE}; bits are cleared as the highest
 * index moves past them.
 */
@HotPath
final class ReplayWindow {
    static final int SIZE = 1024;

    private static final int WORDS = SIZE / Long.SIZE;

    private final long[] seen = new long[WORDS];
    private long highest = -1;

    /**
     * The index that a sequence number most likely stands for: the one nearest to the highest so far. Negative if that
     * lies before the first packet of the stream.
     *
     * @param sequenceNumber 16 bits unsigned
     * @param firstRollover rollover counter to assume while no packet was accepted yet
     */
    long indexOf(int sequenceNumber, int firstRollover) {
        if (highest < 0) {
            return ((long) firstRollover << 16) | sequenceNumber;
        }
        long rollover = highest >>> 16;
        int last = (int) highest & 0xFFFF;
        if (last < 0x8000) {
            return ((sequenceNumber - last > 0x8000 ? rollover - 1 : rollover) << 16) | sequenceNumber;
        }
        return ((last - 0x8000 > sequenceNumber ? rollover + 1 : rollover) << 16) | sequenceNumber;
    }

    /** Whether the index was neither seen nor has left the window. */
    boolean isFresh(long index) {
        if (index > highest) {
            return true;
        }
        return index >= 0 && highest - index < SIZE && (seen[word(index)] & bit(index)) == 0;
    }

    /** Marks an index that {@link #isFresh} let pass, once its packet is authentic. */
    void accept(long index) {
        if (index > highest) {
            if (highest < 0 || index - highest >= SIZE) {
                Arrays.fill(seen, 0);
            } else {
                for (long between = highest + 1; between < index; between++) {
                    seen[word(between)] &= ~bit(between);
                }
            }
            highest = index;
        }
        seen[word(index)] |= bit(index);
    }

    private static int word(long index) {
        return (int) (index >>> 6) & (WORDS - 1);
    }

    private static long bit(long index) {
        return 1L << (index & 63);
    }
}
