package dev.foyer.room;

/** Why the media plane refused a request. */
public enum MediaError {
    TRANSPORT_NOT_FOUND,
    PRODUCER_NOT_FOUND,
    CONSUMER_NOT_FOUND,
    /** The RTP capabilities given cannot receive the producer. */
    CANNOT_CONSUME,
    /** Parameters that contradict themselves or the router's capabilities, or a request out of order. */
    INVALID_PARAMETERS,
    /** An SDP offer that is well-formed and has nothing in common with the router, or asks for what it cannot do. */
    NOT_ACCEPTABLE,
    /** A limit on transports, producers or consumers is reached. */
    LIMIT_REACHED,
    /** The session, or the SFU verticle behind it, is closed. */
    CLOSED
}
