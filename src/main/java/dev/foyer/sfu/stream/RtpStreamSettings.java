package dev.foyer.sfu.stream;

/**
 * What a received stream is.
 *
 * @param ssrc 0 to 2^32 - 1
 * @param payloadType of the media, not of its retransmission; 0 to 127
 * @param mimeType such as {@code video/VP8}
 * @param clockRate in Hz, above 0
 * @param nack whether lost packets are asked for and recent ones kept
 * @param dependencyDescriptorId the sender's id of that header extension, 0 without it
 */
public record RtpStreamSettings(
        long ssrc, int payloadType, String mimeType, int clockRate, boolean nack, int dependencyDescriptorId) {
    public RtpStreamSettings {
        if (clockRate <= 0) {
            throw new IllegalArgumentException("A clock rate is above 0: " + clockRate);
        }
    }
}
