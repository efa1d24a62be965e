package dev.foyer.protocol.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The RTP part of a media section.
 *
 * @param formats payload types that have an {@code rtpmap}, in the order of the {@code m=} line
 * @param headerExtensions in their order
 * @param extmapAllowMixed whether one-byte and two-byte extensions may be mixed (RFC 8285 section 4.1.2)
 * @param rtcpMux RTP and RTCP on one port (RFC 5761)
 * @param reducedSize reduced-size RTCP (RFC 5506)
 * @param msids stream and track ids
 * @param ssrcs sources in their order
 * @param ssrcGroups in their order
 * @param rids in their order
 * @param simulcast or null
 */
public record RtpDescription(
        List<PayloadFormat> formats,
        List<HeaderExtension> headerExtensions,
        boolean extmapAllowMixed,
        boolean rtcpMux,
        boolean reducedSize,
        List<Msid> msids,
        List<SsrcDescription> ssrcs,
        List<SsrcGroup> ssrcGroups,
        List<Rid> rids,
        @Nullable Simulcast simulcast) {
    /** Says nothing. */
    public static final RtpDescription NONE = new RtpDescription(
            List.of(), List.of(), false, false, false, List.of(), List.of(), List.of(), List.of(), null);

    public RtpDescription {
        formats = List.copyOf(formats);
        headerExtensions = List.copyOf(headerExtensions);
        msids = List.copyOf(msids);
        ssrcs = List.copyOf(ssrcs);
        ssrcGroups = List.copyOf(ssrcGroups);
        rids = List.copyOf(rids);
    }
}
