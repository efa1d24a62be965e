package dev.foyer.media;

import dev.foyer.protocol.HotPath;
import java.net.InetSocketAddress;

/**
 * The runs of the current turn by destination: a hash table with open addressing that is emptied at the end of each
 * turn, so that a destination needs no removal when its transport ends and a lookup allocates nothing.
 */
@HotPath
final class SendRuns {
    private SendRun[] slots;
    private SendRun[] used;
    private int size;

    /**
     * @param capacity a power of two
     */
    SendRuns(int capacity) {
        slots = emptyRuns(capacity);
        used = new SendRun[capacity];
    }

    private static SendRun[] emptyRuns(int count) {
        SendRun[] runs = new SendRun[count];
        for (int i = 0; i < count; i++) {
            runs[i] = new SendRun();
        }
        return runs;
    }

    int size() {
        return size;
    }

    /** The i-th destination of this turn, in the order of first use. */
    SendRun get(int i) {
        return used[i];
    }

    /** The destination's run, an empty one when this is its first datagram of the turn. */
    SendRun of(InetSocketAddress remote) {
        int mask = slots.length - 1;
        int i = spread(remote.hashCode()) & mask;
        while (true) {
            SendRun run = slots[i];
            InetSocketAddress key = run.remote;
            if (key == null) {
                if (size * 2 >= slots.length) {
                    grow();
                    return of(remote);
                }
                run.remote = remote;
                used[size++] = run;
                return run;
            }
            if (key.equals(remote)) {
                return run;
            }
            i = (i + 1) & mask;
        }
    }

    /** Forgets all destinations. Their runs must have been written. */
    void clear() {
        for (int i = 0; i < size; i++) {
            used[i].remote = null;
        }
        size = 0;
    }

    private void grow() {
        SendRun[] larger = emptyRuns(slots.length * 2);
        int mask = larger.length - 1;
        for (int i = 0; i < size; i++) {
            SendRun run = used[i];
            InetSocketAddress key = run.remote;
            if (key == null) {
                continue;
            }
            int at = spread(key.hashCode()) & mask;
            while (larger[at].remote != null) {
                at = (at + 1) & mask;
            }
            larger[at] = run;
        }
        SendRun[] order = new SendRun[larger.length];
        System.arraycopy(used, 0, order, 0, size);
        slots = larger;
        used = order;
    }

    private static int spread(int hash) {
        return ((hash ^ (hash >>> 16)) * 0x9E3779B9) >>> 7;
    }
}
