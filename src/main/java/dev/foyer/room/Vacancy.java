package dev.foyer.room;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a room may go on while nobody is in it. */
final class Vacancy {
    private final @Nullable Duration kept;
    private final Duration unusedTimeout;
    private boolean used;
    private boolean empty = true;
    private long emptySinceNanos;

    /**
     * @param kept as in {@link RoomSpec#keptEmpty}
     * @param unusedTimeout how long a room that is not kept waits for its first participant
     */
    Vacancy(@Nullable Duration kept, Duration unusedTimeout, long nowNanos) {
        this.kept = kept;
        this.unusedTimeout = unusedTimeout;
        this.emptySinceNanos = nowNanos;
    }

    /** Takes notice of whether anybody is in the room. */
    void watch(boolean nobodyIsThere, long nowNanos) {
        if (nobodyIsThere && !empty) {
            emptySinceNanos = nowNanos;
        }
        empty = nobodyIsThere;
        used |= !nobodyIsThere;
    }

    /** How long until the room is to end if all stays as it is; {@link Deadline#NEVER} if it is not. */
    long delayNanos(long nowNanos) {
        if (!empty || (kept != null && kept.isZero())) {
            return Deadline.NEVER;
        }
        Duration span = kept != null ? kept : used ? Duration.ZERO : unusedTimeout;
        return Math.max(0, span.toNanos() - (nowNanos - emptySinceNanos));
    }
}
