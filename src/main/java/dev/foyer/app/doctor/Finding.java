package dev.foyer.app.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param grade how it is
 * @param subject in a word or two
 * @param text what was found
 * @param advice what to do; null when there is nothing to do
 */
public record Finding(
        Grade grade, String subject, String text, @Nullable String advice) {
    /** How a thing is. */
    public enum Grade {
        /** As it should be. */
        OK,
        /** Worth knowing; a server can live with it. */
        NOTE,
        /** A server starts, but somebody will suffer. */
        WARNING,
        /** A server does not start, or serves nobody. */
        FAILURE
    }

    static Finding ok(String subject, String text) {
        return new Finding(Grade.OK, subject, text, null);
    }

    static Finding note(String subject, String text, String advice) {
        return new Finding(Grade.NOTE, subject, text, advice);
    }

    static Finding warning(String subject, String text, String advice) {
        return new Finding(Grade.WARNING, subject, text, advice);
    }

    static Finding failure(String subject, String text, String advice) {
        return new Finding(Grade.FAILURE, subject, text, advice);
    }
}
