package dev.foyer.room;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Empties a server that is to be ended: no new rooms, time for those that there are, then the end for all of them. There is
 * no way back. Safe for use from any thread.
 */
public final class Drain {
    /** What rooms are told that are closed by it. */
    public static final String REASON = "draining";

    private static final long AGAIN_MILLIS = 1_000;

    private final Rooms rooms;
    private final RoomLoop loop;
    private final Runnable begun;
    private @Nullable Long startedAtMillis;
    private @Nullable Long endsAtMillis;
    private Runnable cancelEnd = () -> {};

    /**
     * @param loop times the end
     * @param begun told once, when it begins
     */
    public Drain(Rooms rooms, RoomLoop loop, Runnable begun) {
        this.rooms = rooms;
        this.loop = loop;
        this.begun = begun;
    }

    /**
     * Begins, or brings the end forward; a later end than the one that is set is ignored.
     *
     * @param graceMillis how long rooms may go on, 0 or more
     */
    public synchronized Progress begin(long graceMillis) {
        long now = loop.nowMillis();
        long asked = now + graceMillis;
        if (startedAtMillis == null) {
            startedAtMillis = now;
            rooms.refuseNew();
            begun.run();
        }
        if (endsAtMillis == null || asked < endsAtMillis) {
            endsAtMillis = asked;
            cancelEnd.run();
            closeRestIn(graceMillis);
        }
        return progress();
    }

    /** Again and again: a room that was being made when the drain began may come late. */
    private synchronized void closeRestIn(long millis) {
        cancelEnd = loop.schedule(TimeUnit.MILLISECONDS.toNanos(millis), () -> {
            if (rooms.roomCount() > 0) {
                var _ = rooms.closeAll(REASON);
                closeRestIn(AGAIN_MILLIS);
            }
        });
    }

    /** How far it is. */
    public synchronized Progress progress() {
        return new Progress(startedAtMillis, endsAtMillis, rooms.roomCount(), rooms.participantCount());
    }

    /**
     * How far a drain is.
     *
     * @param startedAtMillis milliseconds since 1970; null when there is none
     * @param endsAtMillis when the rooms that are left are closed; null when there is none
     * @param rooms that are left
     * @param participants in them
     */
    public record Progress(
            @Nullable Long startedAtMillis, @Nullable Long endsAtMillis, int rooms, int participants) {
        /** Whether the process may be ended without anybody noticing. */
        public boolean done() {
            return startedAtMillis != null && rooms == 0;
        }
    }
}
