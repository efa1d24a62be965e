package dev.foyer.sfu;

/** Why a request to a router was refused. */
public enum RefusalReason {
    TRANSPORT_NOT_FOUND,
    PRODUCER_NOT_FOUND,
    CONSUMER_NOT_FOUND,
    /** The capabilities given cannot receive the producer. */
    CANNOT_CONSUME,
    /** Parameters that contradict themselves or the router, or a request out of order. */
    INVALID_PARAMETERS,
    /** SDP that is well-formed and has nothing in common with the router, or asks for what it cannot do. */
    NOT_ACCEPTABLE,
    /** One of the {@link RouterLimits} is reached. */
    LIMIT_REACHED,
    /** The router is closed. */
    CLOSED
}
