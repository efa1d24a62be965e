package dev.foyer.sfu.congestion;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.TransportFeedback;
import dev.foyer.protocol.rtcp.TransportFeedbackWriter;
import dev.foyer.protocol.rtp.ExtendedSequenceNumber;
import java.util.Arrays;

/**
 * Records when the packets of one receiving transport arrive, by their transport-wide sequence numbers, and reports it
 * every 100 ms (draft-holmer-rmcat-transport-wide-cc-extensions-01). A browser estimates its uplink from these reports;
 * without them it stays at its start bitrate.
 *
 * <p>A report begins where the last one ended, or further back at a packet that came late. What is missing before the
 * newest packet is reported as lost; what is missing behind it is not reported yet.
 *
 * <pre>{@code
 * int length;
 * while ((length = generator.write(buffer, 0, senderSsrc, mediaSsrc, nowNanos)) > 0) {
 *     send(buffer, 0, length);
 * }
 * }</pre>
 */
@HotPath
public final class TransportFeedbackGenerator {
    /** Time between reports. */
    public static final long INTERVAL_NANOS = 100_000_000;

    private static final int WINDOW = 8192;
    /** How far a late packet may lie before what was reported, so that reports stay short. */
    private static final int FURTHEST_BACK = 1000;

    private static final long MISSING = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    private final ExtendedSequenceNumber sequence = new ExtendedSequenceNumber();
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
    private final long[] arrivalTicks = new long[WINDOW];
    /** The first number of the next report. */
    private long next;

    private boolean pending;
    private long dueNanos = NEVER;
    private long originNanos;
    private int feedbackCount;

    /** A generator without packets. */
    public TransportFeedbackGenerator() {
        Arrays.fill(arrivalTicks, MISSING);
    }

    /** Notes a packet's arrival; one that was noted before is ignored. */
    public void record(int transportSequenceNumber, long nowNanos) {
        boolean first = !sequence.started();
        long highest = sequence.highest();
        long extended = sequence.extend(transportSequenceNumber);
        if (first) {
            originNanos = nowNanos;
            next = extended;
        } else if (extended > highest) {
            forget(highest + 1, extended);
            next = Math.max(next, extended - WINDOW + 1);
        } else if (extended < Math.max(0, next - FURTHEST_BACK)
                || extended <= highest - WINDOW
                || arrivalTicks[slot(extended)] != MISSING) {
            return;
        }
        sequence.advance(transportSequenceNumber);
        arrivalTicks[slot(extended)] = (nowNanos - originNanos) / TransportFeedback.TICK_NANOS;
        next = Math.min(next, extended);
        if (!pending) {
            pending = true;
            if (dueNanos == NEVER || dueNanos < nowNanos) {
                dueNanos = nowNanos + INTERVAL_NANOS;
            }
        }
    }

    private void forget(long from, long to) {
        if (to - from >= WINDOW) {
            Arrays.fill(arrivalTicks, MISSING);
            return;
        }
        for (long number = from; number <= to; number++) {
            arrivalTicks[slot(number)] = MISSING;
        }
    }

    /** When {@link #write} has something to write; {@link Long#MAX_VALUE} while nothing has arrived since. */
    public long nextDueNanos() {
        return pending ? dueNanos : NEVER;
    }

    /**
     * Writes a report when one is due; to be called again until it says 0, because many packets take several.
     *
     * @param buffer with room for {@link TransportFeedbackWriter#MAXIMUM_LENGTH} bytes
     * @param mediaSsrc any stream of the transport
     * @return its length, or 0
     */
    public int write(byte[] buffer, int offset, long senderSsrc, long mediaSsrc, long nowNanos) {
        if (nowNanos < nextDueNanos()) {
            return 0;
        }
        long highest = sequence.highest();
        long number = nextArrived(next, highest);
        if (number > highest) {
            pending = false;
            dueNanos = nowNanos + INTERVAL_NANOS;
            next = highest + 1;
            return 0;
        }
        writer.begin((int) next, arrivalTicks[slot(number)]);
        if (!writer.add((int) number, arrivalTicks[slot(number)])) {
            // More is missing than one report can say: the sender learns it from the gap between reports.
            writer.begin((int) number, arrivalTicks[slot(number)]);
            writer.add((int) number, arrivalTicks[slot(number)]);
        }
        next = number + 1;
        for (number = nextArrived(next, highest); number <= highest; number = nextArrived(next, highest)) {
            if (!writer.add((int) number, arrivalTicks[slot(number)])) {
                break;
            }
            next = number + 1;
        }
        return writer.write(buffer, offset, senderSsrc, mediaSsrc, feedbackCount++ & 0xFF);
    }

    private long nextArrived(long from, long highest) {
        long number = from;
        while (number <= highest && arrivalTicks[slot(number)] == MISSING) {
            number++;
        }
        return number;
    }

    private static int slot(long extended) {
        return (int) extended & (WINDOW - 1);
    }
}
