package dev.foyer.room;

import java.util.Locale;

/** The kinds of {@link PeerSignal}, for counters and log lines. */
public enum SignalKind {
    OFFER,
    ANSWER,
    CANDIDATE;

    /** The kind of a signal. */
    public static SignalKind of(PeerSignal signal) {
        return switch (signal) {
            case PeerSignal.Offer _ -> OFFER;
            case PeerSignal.Answer _ -> ANSWER;
            case PeerSignal.Candidate _ -> CANDIDATE;
        };
    }

    /** The kind's name as it stands in log lines and metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
