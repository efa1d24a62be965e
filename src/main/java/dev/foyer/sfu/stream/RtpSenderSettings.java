package dev.foyer.sfu.stream;

import dev.foyer.protocol.rtp.HeaderExtensionTable;

/**
 * What a sent stream is.
 *
 * @param ssrc 0 to 2^32 - 1
 * @param payloadType the consumer's, 0 to 127
 * @param mimeType such as {@code video/VP8}
 * @param clockRate in Hz, above 0
 * @param cname of the consumer's RTCP; streams that share one are played in sync
 * @param extensions what becomes of header extensions
 * @param dependencyDescriptorId the producer's id of that header extension, 0 without it
 * @param nack whether the consumer may ask for lost packets
 * @param rtxSsrc ssrc of retransmissions, 0 where they repeat the packet itself
 * @param rtxPayloadType their payload type; ignored without an ssrc
 */
public record RtpSenderSettings(
        long ssrc,
        int payloadType,
        String mimeType,
        int clockRate,
        String cname,
        HeaderExtensionTable extensions,
        int dependencyDescriptorId,
        boolean nack,
        long rtxSsrc,
        int rtxPayloadType) {
    public RtpSenderSettings {
        if (clockRate <= 0) {
            throw new IllegalArgumentException("A clock rate is above 0: " + clockRate);
        }
    }

    /** Whether retransmissions travel on a stream of their own (RFC 4588). */
    public boolean hasRtx() {
        return rtxSsrc != 0;
    }
}
