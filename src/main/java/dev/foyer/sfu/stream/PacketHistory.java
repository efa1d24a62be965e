package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Arrays;

/**
 * The last packets of a received stream, kept once for all its consumers, which answer their NACKs from it.
 *
 * <p>Packets lie one behind another in a ring of bytes that overwrites the oldest. The ring starts small and doubles, up
 * to its bound, as long as it would overwrite packets younger than {@value #KEEP_MILLIS} ms; a stream of a few packets a
 * second never takes more than the first size.
 */
@HotPath
public final class PacketHistory {
    private static final int SLOTS = 1024;
    private static final int FIRST_BYTES = 1 << 15;
    private static final int MAXIMUM_BYTES = 1 << 20;
    private static final int LONGEST_PACKET = 2048;
    private static final long KEEP_MILLIS = 1000;
    private static final long KEEP_NANOS = KEEP_MILLIS * 1_000_000;

    private final int[] sequenceNumbers = new int[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final long[] positions = new long[SLOTS];
    private byte[] ring = new byte[FIRST_BYTES];
    /** Bytes ever written; the ring index is this modulo its length. */
    private long head;

    private long roundStartedNanos;

    /** An empty history. */
    public PacketHistory() {
        Arrays.fill(sequenceNumbers, -1);
    }

    /** Copies a packet into the history; one that is longer than 2048 bytes is not kept. */
    public void store(RtpPacket packet, long nowNanos) {
        int length = packet.length();
        if (length > LONGEST_PACKET) {
            return;
        }
        if (head == 0) {
            roundStartedNanos = nowNanos;
        }
        int at = (int) (head % ring.length);
        if (at + length > ring.length) {
            boolean overwritesYoung = nowNanos - roundStartedNanos < KEEP_NANOS;
            if (overwritesYoung && ring.length < MAXIMUM_BYTES) {
                grow();
                at = (int) (head % ring.length);
            } else {
                // A packet never wraps around the end: skip what is left of this round.
                head += ring.length - at;
                at = 0;
            }
            roundStartedNanos = nowNanos;
        }
        System.arraycopy(packet.buffer(), packet.offset(), ring, at, length);
        int slot = packet.sequenceNumber() & (SLOTS - 1);
        sequenceNumbers[slot] = packet.sequenceNumber();
        lengths[slot] = length;
        positions[slot] = head;
        head += length;
    }

    /** Doubles the ring. Everything kept moves to the lower half in the order of its positions. */
    private void grow() {
        byte[] larger = new byte[ring.length * 2];
        int at = (int) (head % ring.length);
        long oldest = head - ring.length;
        System.arraycopy(ring, at, larger, 0, ring.length - at);
        System.arraycopy(ring, 0, larger, ring.length - at, at);
        for (int slot = 0; slot < SLOTS; slot++) {
            if (sequenceNumbers[slot] < 0) {
                continue;
            }
            positions[slot] -= oldest;
            if (positions[slot] < 0) {
                sequenceNumbers[slot] = -1;
            }
        }
        head = ring.length;
        ring = larger;
    }

    /**
     * Shows a kept packet through {@code packet}, which then borrows the history's bytes until the next
     * {@link #store}: they are only to be read.
     *
     * @return false when it is not kept (any more)
     */
    public boolean find(int sequenceNumber, RtpPacket packet) {
        int slot = sequenceNumber & (SLOTS - 1);
        if (sequenceNumbers[slot] != sequenceNumber || head - positions[slot] > ring.length) {
            return false;
        }
        return packet.wrap(ring, (int) (positions[slot] % ring.length), lengths[slot]);
    }

    /** Bytes that the ring takes. */
    public int capacity() {
        return ring.length;
    }
}
