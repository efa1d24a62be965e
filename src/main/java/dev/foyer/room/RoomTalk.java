package dev.foyer.room;

import org.jspecify.annotations.Nullable;

/** What participants say and show to all, apart from their media. Belongs to the room's loop. */
final class RoomTalk {
    private final Seats seats;
    private final RoomLoop loop;
    private @Nullable Playback playback;

    RoomTalk(Seats seats, RoomLoop loop) {
        this.seats = seats;
        this.loop = loop;
    }

    /** What a cinema shows, or null. */
    @Nullable
    Playback playback() {
        return playback;
    }

    void chat(Participant from, String text) {
        seats.tellAll(new RoomEvent.ChatMessage(from.id(), from.userId, text, loop.nowMillis()));
    }

    void raiseHand(Participant from, boolean raised) {
        seats.tellAll(new RoomEvent.HandRaised(from.id(), from.userId, raised));
    }

    void play(Playback next) {
        playback = next;
        seats.tellAll(new RoomEvent.PlaybackChanged(next));
    }
}
