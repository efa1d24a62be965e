package dev.foyer.ortc;

/**
 * A header extension that an endpoint can handle for one kind.
 *
 * @param kind the kind it applies to
 * @param uri its URI
 * @param preferredId 1 to 14 where the one-byte form is wanted (RFC 8285)
 * @param preferredEncrypt whether RFC 6904 encryption is preferred; Foyer never asks for it
 * @param direction {@code sendrecv}, {@code sendonly}, {@code recvonly} or {@code inactive}, as seen by the router
 */
public record RtpHeaderExtension(
        MediaKind kind, String uri, int preferredId, boolean preferredEncrypt, String direction) {
    public RtpHeaderExtension {
        direction = direction == null ? "sendrecv" : direction;
    }
}
