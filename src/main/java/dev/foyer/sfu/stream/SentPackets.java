package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer was sent lately: for each sequence number the source packet, by its place in the producer's
 * {@link PacketHistory}, and the numbers that it was rewritten with. The bytes are kept once, by the producer.
 */
@HotPath
final class SentPackets {
    private static final int SLOTS = 512;
    private static final int EMPTY = -1;

    private final int[] sequenceNumbers = new int[SLOTS];
    private final int[] sourceSequenceNumbers = new int[SLOTS];
    private final long[] timestamps = new long[SLOTS];
    private final int[] pictureIds = new int[SLOTS];
    private final int[] temporalLayer0Indices = new int[SLOTS];
    private final boolean[] resent = new boolean[SLOTS];
    private final long[] resentNanos = new long[SLOTS];
    private final @Nullable PacketHistory[] histories = new @Nullable PacketHistory[SLOTS];

    SentPackets() {
        Arrays.fill(sequenceNumbers, EMPTY);
    }

    /** Notes a packet and returns its slot. */
    int add(
            int sequenceNumber,
            PacketHistory history,
            int sourceSequenceNumber,
            long timestamp,
            int pictureId,
            int temporalLayer0Index) {
        int slot = sequenceNumber & (SLOTS - 1);
        sequenceNumbers[slot] = sequenceNumber;
        histories[slot] = history;
        sourceSequenceNumbers[slot] = sourceSequenceNumber;
        timestamps[slot] = timestamp;
        pictureIds[slot] = pictureId;
        temporalLayer0Indices[slot] = temporalLayer0Index;
        resent[slot] = false;
        return slot;
    }

    /** The slot of a packet, or -1 when it is not known. */
    int find(int sequenceNumber) {
        int slot = sequenceNumber & (SLOTS - 1);
        return sequenceNumbers[slot] == sequenceNumber ? slot : EMPTY;
    }

    @Nullable
    PacketHistory history(int slot) {
        return histories[slot];
    }

    int sourceSequenceNumber(int slot) {
        return sourceSequenceNumbers[slot];
    }

    long timestamp(int slot) {
        return timestamps[slot];
    }

    int pictureId(int slot) {
        return pictureIds[slot];
    }

    int temporalLayer0Index(int slot) {
        return temporalLayer0Indices[slot];
    }

    /** Whether the packet was repeated within this time. */
    boolean isRecentlyResent(int slot, long withinNanos, long nowNanos) {
        return resent[slot] && nowNanos - resentNanos[slot] < withinNanos;
    }

    void resent(int slot, long nowNanos) {
        resent[slot] = true;
        resentNanos[slot] = nowNanos;
    }
}
