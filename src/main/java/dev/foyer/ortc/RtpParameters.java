package dev.foyer.ortc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is sent: by a client to its producer, or by a consumer to its client.
 *
 * @param mid media id (RFC 9143), or null
 * @param codecs codecs in use, media first
 * @param headerExtensions header extensions in use
 * @param encodings at least one
 * @param rtcp RTCP settings
 * @param msid stream id and track id of the sender (RFC 8830) with a blank between, or null; receivers group by it
 */
public record RtpParameters(
        @Nullable String mid,
        List<RtpCodecParameters> codecs,
        List<RtpHeaderExtensionParameters> headerExtensions,
        List<RtpEncodingParameters> encodings,
        RtcpParameters rtcp,
        @Nullable String msid) {
    public RtpParameters {
        codecs = codecs == null ? List.of() : List.copyOf(codecs);
        headerExtensions = headerExtensions == null ? List.of() : List.copyOf(headerExtensions);
        encodings = encodings == null ? List.of() : List.copyOf(encodings);
        rtcp = rtcp == null ? new RtcpParameters(null, true) : rtcp;
    }

    /** Parameters that leave the grouping of tracks to the canonical name. */
    public RtpParameters(
            @Nullable String mid,
            List<RtpCodecParameters> codecs,
            List<RtpHeaderExtensionParameters> headerExtensions,
            List<RtpEncodingParameters> encodings,
            RtcpParameters rtcp) {
        this(mid, codecs, headerExtensions, encodings, rtcp, null);
    }
}
