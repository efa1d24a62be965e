package dev.foyer.protocol.sdp;

import java.util.List;

/**
 * Sources that belong together (RFC 5576 section 4.2).
 *
 * @param semantics {@code FID}: a source and its retransmission; {@code SIM}: simulcast, lowest first
 * @param ssrcs 32 bits unsigned each
 */
public record SsrcGroup(String semantics, List<Long> ssrcs) {
    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
