package dev.foyer.auth;

/** What came of looking at a token. */
public sealed interface Verdict {
    /** Let in. */
    record Admitted(Identity identity) implements Verdict {}

    /**
     * Not let in. What the client is told is only that it is unauthorized, or that its token has expired.
     *
     * @param reason why, for a counter or a log line
     */
    record Refused(Reason reason) implements Verdict {}

    /** Why somebody was not let in. */
    enum Reason {
        /** A token is asked for and none came. */
        NO_TOKEN,
        /** Not a token, a wrong signature or algorithm, not yet valid, or for somebody else. */
        INVALID_TOKEN,
        /** A token that was good until it expired. */
        EXPIRED_TOKEN,
        /** The key that the token names is not known, or no keys could be had. */
        UNKNOWN_KEY
    }
}
