package dev.foyer.room;

import java.util.Map;

/**
 * What happens in a {@link MediaSession} without being asked. Called on the SFU verticle's event loop; implementations
 * hand over to their own loop and return at once.
 */
public interface MediaListener {
    /** A transport changed its state. */
    void transportState(String transportId, TransportState state);

    /** A consumer ended because its producer or transport did. Not called for what the room closed by consumer id. */
    void consumerClosed(String consumerId);

    /** A producer ended because its transport did. Not called for what the room closed by producer id. */
    void producerClosed(String producerId);

    /** A consumer sends other layers than before; negative when it sends none. */
    void layersChanged(String consumerId, int spatialLayer, int temporalLayer);

    /**
     * Loudness of the producers that were heard in the last interval, loudest first.
     *
     * @param levelsByProducer producer id to level in dBov, -127 (silent) to 0 (RFC 6464)
     */
    void audioLevels(Map<String, Integer> levelsByProducer);

    /** The session is gone with its SFU verticle; nothing else follows. */
    void sessionLost(String reason);
}
