package dev.foyer.ortc;

import java.util.List;

/**
 * What an endpoint or a router can receive. Lists and maps that a client left out are empty.
 *
 * @param codecs media codecs and RTX
 * @param headerExtensions supported header extensions
 */
public record RtpCapabilities(List<RtpCodecCapability> codecs, List<RtpHeaderExtension> headerExtensions) {
    public RtpCapabilities {
        codecs = codecs == null ? List.of() : List.copyOf(codecs);
        headerExtensions = headerExtensions == null ? List.of() : List.copyOf(headerExtensions);
    }
}
