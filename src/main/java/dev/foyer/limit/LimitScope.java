package dev.foyer.limit;

import java.util.Locale;

/** Whose use is limited. The narrowest comes first: what it refuses is no charge to the wider ones. */
public enum LimitScope {
    /** A user, by the id in its token. A guest's id is whatever it says, so guests have none. */
    IDENTITY,
    /** An IPv4 address, or the /64 of an IPv6 address: a host has all of that to itself. */
    ADDRESS,
    /** A room. */
    ROOM;

    /** As metrics name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
