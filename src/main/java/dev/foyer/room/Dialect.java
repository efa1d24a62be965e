package dev.foyer.room;

import java.util.Locale;

/** The protocol by which a participant speaks to the server. */
public enum Dialect {
    SIGNALING,
    MEDIASOUP,
    WEBRTC,
    GUIDE,
    CALL,
    /** No client protocol with mesh signaling: WHIP, WHEP, and participants that the HTTP API adds. */
    SERVER;

    /** The dialect's name as it stands in log lines and metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
