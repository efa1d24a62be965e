package dev.foyer.room;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What participants say and show to all, apart from their media. Belongs to the room's loop. */
final class RoomTalk {
    /** Each change goes to everybody, and a cinema is large. */
    private static final long PLAYBACK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int PLAYBACK_BURST = 20;

    private final Seats seats;
    private final RoomLoop loop;
    private final PlaybackClock clock = new PlaybackClock();
    private final Pace changes = new Pace(PLAYBACK_INTERVAL_NANOS, PLAYBACK_BURST);

    RoomTalk(Seats seats, RoomLoop loop) {
        this.seats = seats;
        this.loop = loop;
    }

    /** What a cinema shows and where it is now, or null. */
    @Nullable
    Playback playback() {
        return clock.now(loop.nowNanos(), loop.nowMillis());
    }

    void chat(Participant from, String text) {
        seats.tellAll(new RoomEvent.ChatMessage(from.id(), from.userId, text, loop.nowMillis()));
    }

    void raiseHand(Participant from, boolean raised) {
        seats.tellAll(new RoomEvent.HandRaised(from.id(), from.userId, raised));
    }

    void play(RoomCommand.SetPlayback next) {
        changes.require(loop.nowNanos());
        seats.tellAll(new RoomEvent.PlaybackChanged(clock.set(next, loop.nowNanos(), loop.nowMillis())));
    }

    /** Tells a player where it should be. */
    RoomReply.Corrected correct(Participant player, double position) {
        player.driftReports.require(loop.nowNanos());
        Playback now = playback();
        return new RoomReply.Corrected(now, now == null ? null : now.driftOf(position));
    }
}
