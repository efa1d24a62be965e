package dev.foyer.room;

import java.util.random.RandomGenerator;

/** What every room of a server is given. */
record RoomSurroundings(
        MediaPlane mediaPlane,
        IceServers iceServers,
        EventSink sink,
        RoomObserver observer,
        RoomSettings settings,
        RoomCounters counters,
        HousePost post,
        RandomGenerator random) {

    /** Seats of a room whose comings and goings the observer hears of. */
    Seats observedSeats(RoomView room) {
        return new Seats(
                sink,
                participant -> observer.participantJoined(room, participant.peer(), participant.recipient.dialect()),
                participant -> observer.participantLeft(room, participant.peer(), participant.recipient.dialect()));
    }
}
