package dev.foyer.ortc;

import org.jspecify.annotations.Nullable;

/**
 * One encoding of a stream: a simulcast layer, or the only one.
 *
 * @param ssrc synchronization source, 32 bits unsigned, or null when found by {@code rid} or {@code mid}
 * @param rid restriction id (RFC 8851), or null
 * @param codecPayloadType payload type of the codec in use, or null for the first media codec
 * @param rtx the retransmission stream, or null
 * @param dtx whether discontinuous transmission is in use
 * @param scalabilityMode such as {@code L1T3}, or null
 * @param maxBitrate in bits per second, or null
 */
public record RtpEncodingParameters(
        @Nullable Long ssrc,
        @Nullable String rid,
        @Nullable Integer codecPayloadType,
        @Nullable Rtx rtx,
        boolean dtx,
        @Nullable String scalabilityMode,
        @Nullable Integer maxBitrate) {

    /**
     * The retransmission stream of an encoding (RFC 4588).
     *
     * @param ssrc its synchronization source, 32 bits unsigned
     */
    public record Rtx(long ssrc) {}
}
