package dev.foyer.room;

import java.util.Locale;

/** Where a room's media runs. */
public enum TopologyMode {
    /** Straight between the participants, every pair by its own connection. */
    P2P,
    /** Through the server. */
    SFU;

    /** The mode as it stands in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
