package dev.foyer.limit;

import java.util.Locale;

/** What is limited by rate. */
public enum LimitKind {
    /** HTTP requests of any kind, those that carry Socket.IO included. */
    REQUESTS,
    /** Socket.IO connections that are opened. */
    CONNECTIONS,
    /** Seats asked for, by whatever protocol. */
    JOINS,
    /** Socket.IO events. */
    MESSAGES,
    /** Rooms made. */
    ROOMS;

    /** As metrics name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
