package dev.foyer.sfu.negotiation;

import java.util.Set;

/**
 * Options of a section that an answer repeats when it agrees.
 *
 * @param extmapAllowMixed header extensions of both forms in one stream (RFC 8285 section 4.1.2)
 * @param reducedSize reduced-size RTCP (RFC 5506)
 * @param directedExtensions ids of the header extensions that the client limits to one direction: where an offer names
 *     one, so must its answer; where it does not, some stacks read none (RFC 8285 section 6)
 */
public record RtpOptions(boolean extmapAllowMixed, boolean reducedSize, Set<Integer> directedExtensions) {
    /** What the server offers. */
    static final RtpOptions OFFERED = new RtpOptions(true, true, Set.of());

    public RtpOptions {
        directedExtensions = Set.copyOf(directedExtensions);
    }
}
