package dev.foyer.protocol.sdp;

import java.util.List;

/**
 * The {@code m=} line (RFC 8866 section 5.14).
 *
 * @param media such as {@code audio}
 * @param port 0 to 65535
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats payload types for RTP, at least one
 */
public record MediaLine(String media, int port, String protocol, List<String> formats) {
    public MediaLine {
        formats = List.copyOf(formats);
    }
}
