package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.GenericNack;
import java.util.Arrays;

/**
 * The packets that a received stream misses, and when to ask for each (RFC 4585). A packet is asked for first after a
 * short grace for reordering, then once a round trip, up to {@value #MAXIMUM_TRIES} times. What was given up, or fell out
 * of the window of {@value #WINDOW}, can only be repaired by a key frame.
 *
 * <p>Sequence numbers are extended ones.
 */
@HotPath
public final class NackGenerator {
    /** How often a packet is asked for. */
    public static final int MAXIMUM_TRIES = 10;

    private static final int WINDOW = 1024;
    private static final long REORDERING_GRACE_NANOS = 10_000_000;
    private static final long SHORTEST_INTERVAL_NANOS = 20_000_000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final byte PRESENT = -1;
    private static final int MAXIMUM_PER_PACKET = 256;

    private final byte[] tries = new byte[WINDOW];
    private final long[] dueNanos = new long[WINDOW];
    private final int[] batch = new int[MAXIMUM_PER_PACKET];
    /** Missing ones lie in (oldest - 1, newest); empty when equal. */
    private long oldest;

    private long newest;
    private int missing;
    private long nextDueNanos = NEVER;
    private long requested;

    /** A generator that waits for {@link #restart}. */
    public NackGenerator() {
        Arrays.fill(tries, PRESENT);
    }

    /** Forgets everything; nothing before {@code extended} is missing. */
    public void restart(long extended) {
        Arrays.fill(tries, PRESENT);
        oldest = extended + 1;
        newest = extended;
        missing = 0;
        nextDueNanos = NEVER;
    }

    /**
     * Notes a packet newer than all before; those between are missing.
     *
     * @return false when packets had to be given up because too many are missing
     */
    public boolean advance(long extended, long nowNanos) {
        boolean complete = true;
        if (extended - newest > WINDOW) {
            restart(extended);
            return false;
        }
        for (long number = newest + 1; number <= extended; number++) {
            int slot = slot(number);
            if (tries[slot] != PRESENT) {
                missing--;
                complete = false;
            }
            if (number < extended) {
                tries[slot] = 0;
                dueNanos[slot] = nowNanos + REORDERING_GRACE_NANOS;
                missing++;
                nextDueNanos = Math.min(nextDueNanos, dueNanos[slot]);
            } else {
                tries[slot] = PRESENT;
            }
        }
        newest = extended;
        oldest = Math.max(oldest, newest - WINDOW + 1);
        return complete;
    }

    /**
     * Notes a packet that came late.
     *
     * @return true when it had been asked for
     */
    public boolean arrive(long extended) {
        if (extended < oldest || extended > newest || tries[slot(extended)] == PRESENT) {
            return false;
        }
        boolean asked = tries[slot(extended)] > 0;
        tries[slot(extended)] = PRESENT;
        missing--;
        return asked;
    }

    /** Gives up what is older than a key frame: a decoder starts there. */
    public void forgetBefore(long extended) {
        long end = Math.min(extended, newest + 1);
        for (long number = oldest; number < end; number++) {
            if (tries[slot(number)] != PRESENT) {
                tries[slot(number)] = PRESENT;
                missing--;
            }
        }
        oldest = Math.max(oldest, end);
    }

    /** How many packets are missing. */
    public int missing() {
        return missing;
    }

    /** How many requests for a packet were written, repetitions included. */
    public long requested() {
        return requested;
    }

    /** When {@link #write} has something to do, {@link Long#MAX_VALUE} for not before the next loss. */
    public long nextDueNanos() {
        return missing == 0 ? NEVER : nextDueNanos;
    }

    /** What {@link #write} says when packets were given up after too many tries. */
    public static final int GIVEN_UP = -1;

    /**
     * Writes a NACK for the packets that are due.
     *
     * @param rttNanos round trip to the sender
     * @return its length, at most {@code GenericNack.maximumLength(256)} = 1036 bytes; 0 when nothing is due;
     *     {@link #GIVEN_UP} when instead a key frame is needed
     */
    public int write(byte[] buffer, int offset, long senderSsrc, long mediaSsrc, long rttNanos, long nowNanos) {
        if (nowNanos < nextDueNanos()) {
            return 0;
        }
        long interval = Math.max(SHORTEST_INTERVAL_NANOS, rttNanos);
        boolean givenUp = false;
        int count = 0;
        long next = NEVER;
        for (long number = oldest; number < newest && !givenUp; number++) {
            int slot = slot(number);
            if (tries[slot] == PRESENT) {
                continue;
            }
            if (dueNanos[slot] <= nowNanos) {
                if (tries[slot] >= MAXIMUM_TRIES) {
                    givenUp = true;
                    continue;
                }
                if (count < MAXIMUM_PER_PACKET) {
                    batch[count++] = (int) (number & 0xFFFF);
                    tries[slot]++;
                    dueNanos[slot] = nowNanos + interval;
                }
            }
            next = Math.min(next, dueNanos[slot]);
        }
        if (givenUp) {
            restart(newest);
            return GIVEN_UP;
        }
        nextDueNanos = next;
        requested += count;
        return count == 0 ? 0 : GenericNack.write(buffer, offset, senderSsrc, mediaSsrc, batch, count);
    }

    private static int slot(long extended) {
        return (int) extended & (WINDOW - 1);
    }
}
