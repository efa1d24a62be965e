package dev.foyer.protocol.sdp;

/**
 * One {@code rtcp-fb} of a payload format (RFC 4585 section 4.2).
 *
 * @param type such as {@code nack} or {@code ccm}
 * @param parameter such as {@code pli}, or empty
 */
public record Feedback(String type, String parameter) {}
