package dev.foyer.protocol.sdp;

/**
 * The {@code o=} line (RFC 8866 section 5.2), without the address that WebRTC leaves meaningless.
 *
 * @param username {@code -} where nothing is to be said
 * @param sessionId the same for the life of a peer connection; decimal digits, up to 20
 * @param sessionVersion grows with each description; decimal digits, up to 20
 */
public record Origin(String username, String sessionId, String sessionVersion) {}
