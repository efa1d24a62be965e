package dev.foyer.room;

/** What a participant may do with media. Who is granted what is decided where tokens are known. */
public enum Permission {
    /** Sending media to the others. */
    PUBLISH,
    /** Receiving the others' media. */
    SUBSCRIBE
}
