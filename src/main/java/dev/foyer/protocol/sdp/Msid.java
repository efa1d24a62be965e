package dev.foyer.protocol.sdp;

import org.jspecify.annotations.Nullable;

/**
 * Stream and track of a sender (RFC 8830).
 *
 * @param stream {@code -} for none
 * @param track the track's id, or null
 */
public record Msid(String stream, @Nullable String track) {}
