package dev.foyer.auth;

/** What came of looking at a token. */
public sealed interface Verdict {
    /** Let in. */
    record Admitted(Identity identity) implements Verdict {}

    /**
     * Not let in. What the client is told is only that it is unauthorized.
     *
     * @param reason why, for a counter or a log line
     */
    record Refused(Reason reason) implements Verdict {}

    /** Why somebody was not let in. */
    enum Reason {
        /** A token is asked for and none came. */
        NO_TOKEN,
        /** Not a token, a wrong signature or algorithm, expired, not yet valid, or for somebody else. */
        INVALID_TOKEN
    }
}
