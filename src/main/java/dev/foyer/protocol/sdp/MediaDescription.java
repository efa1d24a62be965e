package dev.foyer.protocol.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A media section. What the session's part says for all sections stands here too.
 *
 * @param line its first line
 * @param mid its name (RFC 5888), or null
 * @param bundleOnly whether port 0 means that it only lives in its bundle (RFC 9143 section 6)
 * @param direction which way media flows
 * @param transport ICE and DTLS
 * @param rtp RTP
 * @param sctp SCTP, or null
 */
public record MediaDescription(
        MediaLine line,
        @Nullable String mid,
        boolean bundleOnly,
        Direction direction,
        TransportDescription transport,
        RtpDescription rtp,
        @Nullable SctpDescription sctp) {

    /** Whether the section is refused or given up: port 0, and not because it lives in a bundle (RFC 9143). */
    public boolean rejected() {
        return line.port() == 0 && !bundleOnly;
    }
}
