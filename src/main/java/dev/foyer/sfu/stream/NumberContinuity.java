package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;

/**
 * Maps the numbers of changing sources onto one gapless series: sequence numbers, picture ids, TL0PICIDX.
 *
 * <p>Within a source, output is input minus an offset. {@link #join} sets the offset so that the next number follows the
 * highest one that went out; {@link #drop} of the newest number raises it by one, which closes the gap. A window of
 * recent inputs keeps the offset that each was (or, for one not seen yet, would have been) mapped with, so that a late
 * packet finds its own place and not one that was given away.
 *
 * <pre>
 * input    10  11  12  13  14       late 11, dropped 13
 * offset    4   4   4  (4)  5
 * output    6   7   8   -   9
 * </pre>
 *
 * <p>A dropped number that is not the newest cannot be closed: {@link #drop} then tells the hole, to be filled.
 */
@HotPath
public final class NumberContinuity {
    /** Says that there is no number: the input was dropped, or is too old for the window. */
    public static final int NONE = -1;

    private static final int MAXIMUM_WINDOW = 1024;
    private static final int GIVEN_AWAY = -1;
    /** How many drops behind an output {@link #inputOf} still finds its input. */
    private static final int FURTHEST_INVERSE = 64;

    private final int mask;
    private final int half;
    private final int[] offsets;
    private int offset;
    private int newestInput;
    /** How many inputs behind the newest belong to this source and are in the window. */
    private int depth;

    private boolean joined;
    private boolean started;
    private int highestOutput;

    /**
     * A series that begins with {@code first}.
     *
     * @param bits width of the numbers, 7 to 16
     */
    public NumberContinuity(int bits, int first) {
        this.mask = (1 << bits) - 1;
        this.half = 1 << (bits - 1);
        this.offsets = new int[Math.min(MAXIMUM_WINDOW, half)];
        this.highestOutput = (first - 1) & mask;
    }

    /** Whether {@link #join} was called. */
    public boolean joined() {
        return joined;
    }

    /** Whether a number has gone out. */
    public boolean started() {
        return started;
    }

    /** The highest number that went out; before the first, the one before it. */
    public int highestOutput() {
        return highestOutput;
    }

    /** Begins with a source, or a source anew: this input becomes the next output, older inputs have none. */
    public void join(int input) {
        offset = (input - highestOutput - 1) & mask;
        // As if the input before had been seen: depth 0 makes it and all before it too old.
        newestInput = (input - 1) & mask;
        depth = 0;
        joined = true;
    }

    /**
     * The output of an input that is forwarded; the same one when asked again.
     *
     * @return {@link #NONE} for an input from before {@link #join}, dropped, or behind the window
     */
    public int map(int input) {
        int ahead = distance(input, newestInput);
        if (ahead > 0) {
            advance(input, ahead);
            remember(input, offset);
            highestOutput = (input - offset) & mask;
            started = true;
            return highestOutput;
        }
        return lookUp(input, ahead);
    }

    /**
     * Notes that an input is not forwarded.
     *
     * @return the output that stays a hole because later ones went out already, or {@link #NONE} when the gap is closed
     */
    public int drop(int input) {
        int ahead = distance(input, newestInput);
        if (ahead > 0) {
            advance(input, ahead);
            remember(input, GIVEN_AWAY);
            offset = (offset + 1) & mask;
            return NONE;
        }
        int hole = lookUp(input, ahead);
        if (hole != NONE) {
            remember(input, GIVEN_AWAY);
        }
        return hole;
    }

    /**
     * The input of the current source that has this output, whether it went out or is only expected to.
     *
     * @return {@link #NONE} when there is none in the window
     */
    public int inputOf(int output) {
        for (int dropped = 0; dropped <= FURTHEST_INVERSE; dropped++) {
            int input = (output + offset - dropped) & mask;
            int ahead = distance(input, newestInput);
            if (ahead <= 0 && lookUp(input, ahead) == output) {
                return input;
            }
        }
        return NONE;
    }

    private int lookUp(int input, int ahead) {
        if (-ahead >= depth) {
            return NONE;
        }
        int known = offsets[input & (offsets.length - 1)];
        return known == GIVEN_AWAY ? NONE : (input - known) & mask;
    }

    /** Moves the newest input on; those in between are expected to be forwarded when they come late. */
    private void advance(int input, int ahead) {
        int skipped = Math.min(ahead - 1, offsets.length);
        for (int i = 1; i <= skipped; i++) {
            remember((input - i) & mask, offset);
        }
        newestInput = input;
        depth = Math.min(depth + ahead, offsets.length);
    }

    private void remember(int input, int value) {
        offsets[input & (offsets.length - 1)] = value;
    }

    private int distance(int a, int b) {
        int forward = (a - b) & mask;
        return forward < half ? forward : forward - mask - 1;
    }
}
