package dev.foyer.ortc;

/**
 * What a client needs to receive a consumer's stream.
 *
 * @param id consumer id
 * @param producerId the producer consumed
 * @param kind audio or video
 * @param rtpParameters how the server sends
 * @param type how layers are chosen
 * @param producerPaused whether the producer is paused now
 */
public record ConsumerParameters(
        String id,
        String producerId,
        MediaKind kind,
        RtpParameters rtpParameters,
        ConsumerType type,
        boolean producerPaused) {}
