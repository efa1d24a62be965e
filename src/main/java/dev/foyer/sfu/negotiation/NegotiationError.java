package dev.foyer.sfu.negotiation;

/** Why capabilities or parameters were refused. */
public enum NegotiationError {
    /** Malformed, out of bounds, or contradicting themselves. */
    INVALID,
    /** Well formed, but the two sides have no codec in common. */
    UNSUPPORTED
}
