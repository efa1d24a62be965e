package dev.foyer.room;

/** How far the negotiation of a {@link ServedLink} is. */
enum LinkPhase {
    /** There is no connection. */
    IDLE,
    /** The SFU is asked for something. */
    BUSY,
    /** The client is to answer the server's offer. */
    OFFERED,
    /** The last negotiation is through. */
    STABLE
}
