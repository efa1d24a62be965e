package dev.foyer.ortc;

/**
 * A track that a client sends on a connection negotiated by SDP.
 *
 * @param producerId its producer, the same as long as the track goes on
 * @param kind audio or video
 * @param mid its m-section
 */
public record ReceivedTrack(String producerId, MediaKind kind, String mid) {}
