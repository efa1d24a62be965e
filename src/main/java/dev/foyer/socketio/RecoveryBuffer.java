package dev.foyer.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may have missed when it comes back.
 *
 * <p>The client names the offset of the last event that it has seen, so each event carries one as its last argument. An
 * event stays here until a ping that was sent after it has been answered, and one ping longer, because a client sees an
 * event a moment after its transport did. While the client is away everything stays. When there is more than fits, the
 * oldest go, and a client that missed one of those cannot recover.
 */
final class RecoveryBuffer {
    private final int maxPackets;
    private final int maxBytes;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>(0);
    private long bytes;
    private long nextSequence;
    private long pingMark;
    private long confirmedMark;
    private long awaySince;
    private boolean away;
    private boolean lostWhileAway;
    private @Nullable String base;
    private boolean trimmed;

    /**
     * One thing sent. Without a packet it only marks an offset.
     *
     * @param offset what the client takes for the offset when it has seen this; null when it does not change
     */
    private record Entry(
            long sequence,
            @Nullable String offset,
            @Nullable EncodedPacket packet) {
        int size() {
            return packet == null ? 0 : packet.size();
        }
    }

    /**
     * Begins empty.
     *
     * @param clientOffset the offset that the client still holds from earlier, null if none
     */
    RecoveryBuffer(RecoveryOptions options, @Nullable String clientOffset) {
        maxPackets = options.maxPackets();
        maxBytes = options.maxBytes();
        base = clientOffset;
    }

    /** Keeps a packet that is sent now, or that waits for the return. */
    void keep(EncodedPacket packet, @Nullable String offset) {
        if (lostWhileAway) {
            return;
        }
        add(new Entry(nextSequence++, offset, packet));
    }

    /** Notes that an event which is not repeated will look to the client as if it carried an offset. */
    void mark(String offset) {
        if (!away) {
            add(new Entry(nextSequence++, offset, null));
        }
    }

    private void add(Entry entry) {
        entries.add(entry);
        bytes += entry.size();
        while (entries.size() > maxPackets || bytes > maxBytes) {
            if (away) {
                lostWhileAway = true;
                entries.clear();
                bytes = 0;
                return;
            }
            dropOldest();
        }
    }

    private void dropOldest() {
        Entry oldest = entries.remove();
        bytes -= oldest.size();
        trimmed = true;
        if (oldest.offset != null) {
            base = oldest.offset;
        }
    }

    /** A ping is sent now. */
    void ping() {
        pingMark = nextSequence;
    }

    /** The last ping is answered. */
    void pong() {
        while (!entries.isEmpty() && entries.getFirst().sequence < confirmedMark) {
            dropOldest();
        }
        confirmedMark = pingMark;
    }

    /** The client is away from now on. */
    void leave() {
        away = true;
        awaySince = nextSequence;
    }

    /**
     * The client is back.
     *
     * @param offset of the last event that it has seen; null when it has seen none or does not keep them
     * @param keepsOffsets whether it was given offsets
     * @return what it missed, in order; null when that cannot be told or is not here any more
     */
    @Nullable
    List<EncodedPacket> comeBack(@Nullable String offset, boolean keepsOffsets) {
        boolean complete = !lostWhileAway && (offset == null ? knownWithoutOffset(keepsOffsets) : holds(offset));
        away = false;
        lostWhileAway = false;
        if (!complete) {
            clear();
            // The client keeps its offset until it sees the next event.
            base = offset;
            return null;
        }
        List<EncodedPacket> missed =
                offset == null || (offset.equals(base) && !among(offset)) ? packets() : packetsAfter(offset);
        if (keepsOffsets) {
            // Events that ask for an acknowledgement have no offset, so nobody could tell whether they came through.
            entries.removeIf(entry -> entry.offset == null);
            bytes = entries.stream().mapToLong(Entry::size).sum();
        }
        return missed;
    }

    private boolean knownWithoutOffset(boolean keepsOffsets) {
        if (keepsOffsets) {
            return !trimmed;
        }
        return entries.isEmpty() || entries.getFirst().sequence >= awaySince;
    }

    private boolean holds(String offset) {
        return offset.equals(base) || among(offset);
    }

    private boolean among(String offset) {
        for (Entry entry : entries) {
            if (offset.equals(entry.offset)) {
                return true;
            }
        }
        return false;
    }

    private List<EncodedPacket> packets() {
        List<EncodedPacket> packets = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry.packet != null) {
                packets.add(entry.packet);
            }
        }
        return packets;
    }

    private List<EncodedPacket> packetsAfter(String offset) {
        ArrayDeque<EncodedPacket> packets = new ArrayDeque<>();
        for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); ) {
            Entry entry = newest.next();
            if (offset.equals(entry.offset)) {
                break;
            }
            if (entry.packet != null) {
                packets.addFirst(entry.packet);
            }
        }
        return List.copyOf(packets);
    }

    /** Forgets everything: the client begins anew. */
    void clear() {
        entries.clear();
        bytes = 0;
        base = null;
        trimmed = false;
    }
}
