package dev.foyer.sfu;

/** Learns what becomes of a consumer. */
interface ConsumerObserver {
    /**
     * The consumer sends other layers than before.
     *
     * @param spatialLayer -1 when it sends none
     * @param temporalLayer the highest that is sent, -1 when none is
     */
    void layersChanged(Consumer consumer, int spatialLayer, int temporalLayer);

    /** Whether the stream outlives the consumer: another one goes on with it. */
    boolean keepsStream();

    /** The consumer ended because its producer or transport did; it is in nobody's books any more. */
    void ended(Consumer consumer);
}
