package dev.foyer.ortc;

import java.util.Locale;

/** What a track carries. */
public enum MediaKind {
    AUDIO,
    VIDEO;

    /** The kind as it stands in JSON and SDP: {@code audio} or {@code video}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
