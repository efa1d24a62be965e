package dev.foyer.protocol.sdp;

import org.jspecify.annotations.Nullable;

/**
 * What the {@code ssrc} lines of one source say (RFC 5576). Attributes of no use to WebRTC are left out.
 *
 * @param ssrc 32 bits unsigned
 * @param cname canonical name, or null
 * @param msid stream and track in the form older than RFC 8830, or null
 */
public record SsrcDescription(
        long ssrc, @Nullable String cname, @Nullable Msid msid) {}
