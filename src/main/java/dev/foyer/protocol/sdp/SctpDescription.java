package dev.foyer.protocol.sdp;

/**
 * SCTP over DTLS (RFC 8841).
 *
 * @param port SCTP port, 0 to 65535
 * @param maxMessageSize in bytes; 0 for no limit
 */
public record SctpDescription(int port, long maxMessageSize) {
    /** What a section without {@code max-message-size} means (RFC 8841 section 6.1). */
    public static final long DEFAULT_MAX_MESSAGE_SIZE = 65_536;
}
