package dev.foyer.protocol.ice;

/** What became of a STUN packet. Only the first three are authentic; only these are answered. */
public enum IceOutcome {
    /** A check, answered with success. */
    ANSWERED,
    /** Authentic, but the peer claims the controlled role, which is ours: answered with 487. */
    ROLE_CONFLICT,
    /** Authentic, but with a comprehension-required attribute that we do not know: answered with 420. */
    UNKNOWN_ATTRIBUTE,
    /** An indication or a response; neither concerns an agent that sends no requests. */
    IGNORED,
    /** Not well-formed STUN. */
    MALFORMED,
    /** The FINGERPRINT is there and does not fit. */
    BAD_FINGERPRINT,
    /** USERNAME is missing or names another agent. */
    UNKNOWN_USERNAME,
    /** MESSAGE-INTEGRITY is missing or does not fit. */
    UNAUTHENTICATED
}
