package dev.foyer.protocol.sdp;

import java.util.List;

/**
 * A session description.
 *
 * @param origin who wrote it
 * @param iceLite whether the writer is an ICE-lite agent (RFC 8839 section 5.3)
 * @param bundles groups of sections by mid that share a transport (RFC 9143)
 * @param media its sections in order
 */
public record SessionDescription(
        Origin origin, boolean iceLite, List<List<String>> bundles, List<MediaDescription> media) {
    public SessionDescription {
        bundles = bundles.stream().map(List::copyOf).toList();
        media = List.copyOf(media);
    }

    /**
     * Reads a description. Lines end in LF or CRLF; attributes that are not known here are passed over.
     *
     * @throws SdpException when it is malformed or beyond a limit: 256 KiB, 256 sections, 16,384 lines
     */
    public static SessionDescription parse(String sdp) throws SdpException {
        return new SessionReader(sdp).read();
    }

    /** The description as text, lines ending in CRLF. */
    public String toSdp() {
        return SessionWriter.write(this);
    }
}
