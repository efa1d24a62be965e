package dev.foyer.room;

/**
 * How loud a peer is.
 *
 * @param peerId who
 * @param level in dBov, -127 (silent) to 0 (RFC 6464)
 */
public record PeerLevel(String peerId, int level) {}
