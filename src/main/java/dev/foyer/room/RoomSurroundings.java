package dev.foyer.room;

/** What every room of a server is given. */
record RoomSurroundings(
        MediaPlane mediaPlane, IceServers iceServers, EventSink sink, RoomSettings settings, RoomCounters counters) {}
