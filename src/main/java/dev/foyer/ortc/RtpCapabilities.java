package dev.foyer.ortc;

import java.util.List;

/**
 * What an endpoint or a router can receive.
 *
 * @param codecs media codecs and RTX
 * @param headerExtensions supported header extensions
 */
public record RtpCapabilities(List<RtpCodecCapability> codecs, List<RtpHeaderExtension> headerExtensions) {
    public RtpCapabilities {
        codecs = List.copyOf(codecs);
        headerExtensions = List.copyOf(headerExtensions);
    }
}
