package dev.foyer.protocol.sdp;

/**
 * A certificate's fingerprint (RFC 8122).
 *
 * @param algorithm lower case, such as {@code sha-256}
 * @param value upper-case hexadecimal bytes separated by colons
 */
public record Fingerprint(String algorithm, String value) {}
