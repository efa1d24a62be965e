package dev.foyer.sfu;

import java.util.Map;

/** What happens in a router without being asked. Called on the worker's thread; must return at once. */
public interface RouterListener {
    /** A transport changed its state. */
    void transportState(String transportId, WebRtcTransportState state);

    /** A consumer ended because its producer or transport did. */
    void consumerClosed(String consumerId);

    /** A producer ended because its transport did. */
    void producerClosed(String producerId);

    /** A consumer sends other layers than before; -1 when it sends none. */
    void layersChanged(String consumerId, int spatialLayer, int temporalLayer);

    /**
     * Producers heard in the last interval, loudest first.
     *
     * @param levelsByProducer producer id to level in dBov, -127 to 0 (RFC 6464)
     */
    void audioLevels(Map<String, Integer> levelsByProducer);
}
