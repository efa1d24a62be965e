package dev.foyer.room;

import java.util.Locale;

/** What became of a {@link PeerSignal}. */
public enum SignalOutcome {
    /** It was passed on to the client that it was for. */
    RELAYED,
    /** The server dealt with it in place of the participant that it was for. */
    SERVED,
    /** Nobody was to hear of it: an offer that crossed another, an answer to nothing, a candidate of nothing. */
    DROPPED;

    /** The outcome's name as it stands in log lines and metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
