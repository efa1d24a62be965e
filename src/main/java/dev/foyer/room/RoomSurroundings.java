package dev.foyer.room;

import java.util.random.RandomGenerator;

/** What every room of a server is given. */
record RoomSurroundings(
        MediaPlane mediaPlane,
        IceServers iceServers,
        EventSink sink,
        RoomSettings settings,
        RoomCounters counters,
        HousePost post,
        RandomGenerator random) {}
