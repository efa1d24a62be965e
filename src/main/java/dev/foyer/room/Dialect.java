package dev.foyer.room;

import java.util.Locale;

/** The protocol by which a participant speaks to the server. */
public enum Dialect {
    SIGNALING,
    MEDIASOUP,
    WEBRTC,
    GUIDE,
    CALL,
    /** WHIP and WHEP. */
    WHIP,
    /** None: a seat that the HTTP API keeps for somebody, who takes it by joining as the same user. */
    API;

    /** The dialect's name as it stands in log lines and metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
