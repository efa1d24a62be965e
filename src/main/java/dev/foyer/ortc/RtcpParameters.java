package dev.foyer.ortc;

import org.jspecify.annotations.Nullable;

/**
 * RTCP settings of a stream.
 *
 * @param cname canonical name of the sender (RFC 7022), or null when not told
 * @param reducedSize whether reduced-size RTCP is used (RFC 5506)
 */
public record RtcpParameters(@Nullable String cname, boolean reducedSize) {}
