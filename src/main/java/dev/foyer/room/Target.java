package dev.foyer.room;

/** Whom a message is for. */
public sealed interface Target {
    /** One participant. */
    record Peer(String peerId) implements Target {}

    /** Whoever joined last of a user's participants. */
    record User(String userId) implements Target {}

    /** Everybody but the sender. */
    record Others() implements Target {}
}
