package dev.foyer.room;

/** Which way a transport's media flows, as the client sees it. */
public enum TransportDirection {
    SEND,
    RECV
}
