package dev.foyer.protocol.rtp;

import dev.foyer.protocol.HotPath;

/**
 * Counts the wraps of a 16 bit sequence number: cycles times 65536 plus the number (RFC 3550 section 6.4.1 and appendix
 * A.1). The first number seen opens cycle 0.
 */
@HotPath
public final class ExtendedSequenceNumber {
    private long highest = -1;

    /** The highest extended number so far, or -1 before the first. */
    public long highest() {
        return highest;
    }

    /** Whether a number was seen since the start or the last {@link #reset}. */
    public boolean started() {
        return highest >= 0;
    }

    /**
     * Extends a number by what is nearest to the highest, and makes it the highest when it is newer.
     *
     * @return the extended number; negative for a number from before the first one's cycle 0
     */
    public long advance(int sequenceNumber) {
        long extended = extend(sequenceNumber);
        if (extended > highest) {
            highest = extended;
        }
        return extended;
    }

    /** Extends a number without remembering it. */
    public long extend(int sequenceNumber) {
        if (highest < 0) {
            return sequenceNumber;
        }
        return highest + SequenceNumbers.distance(sequenceNumber, (int) (highest & 0xFFFF));
    }

    /** Forgets everything: the next number opens cycle 0 again. */
    public void reset() {
        highest = -1;
    }
}
