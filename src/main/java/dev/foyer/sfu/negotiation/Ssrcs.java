package dev.foyer.sfu.negotiation;

import java.util.random.RandomGenerator;

/** Draws synchronization sources (RFC 3550 section 8.1). */
final class Ssrcs {
    /** Clear of the small numbers that people and probing use, with room above for a run of consecutive ones. */
    private static final long FIRST = 0x1000_0000L;

    private static final long BOUND = 0xffff_ff00L;

    private Ssrcs() {}

    /** The first of a run of up to 256 consecutive ssrcs. */
    static long draw(RandomGenerator random) {
        return random.nextLong(FIRST, BOUND);
    }
}
