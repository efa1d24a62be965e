package dev.foyer.room;

import java.util.concurrent.TimeUnit;

/** How long the connections of plain clients wait for what. */
final class LinkTiming {
    /** How long a newcomer's news of a peer is held for the peer's offer to be answered first. */
    static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** When the server offers in place of those who would offer by themselves: as late as they would. */
    static final long SERVER_OFFER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long an application that has a convention is given to make its offer before the server makes one. */
    static final long CONVENTION_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long an offer that crossed another waits for the other to be answered. */
    static final long GLARE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long an offer is waited for to be answered. */
    static final long UNANSWERED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long one first offer keeps others from being made. */
    static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How long a pair that is moved keeps others from being moved. */
    static final long MOVE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** When to look again after something could not be done. */
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often a connection that does not come up is begun anew. */
    static final int TRIES = 3;

    private static final long[] MUTE_REPLAYS = {1, 3, 8};

    private LinkTiming() {}

    /** How many times a connection without the media that is expected on it is begun anew. */
    static int muteReplays() {
        return MUTE_REPLAYS.length;
    }

    /** How long after such a connection was first seen it is begun anew for the nth time, from 0. */
    static long muteReplayNanos(int replay) {
        return TimeUnit.SECONDS.toNanos(MUTE_REPLAYS[replay]);
    }
}
