package dev.foyer.room;

import java.util.Locale;

/** What a participant is in its room. Dialects have their own words for these. */
public enum ParticipantRole {
    HOST,
    PARTICIPANT,
    VIEWER;

    /** The role in the words of most dialects. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
