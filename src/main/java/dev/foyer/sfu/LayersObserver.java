package dev.foyer.sfu;

/** Learns when a consumer begins to send another layer. */
@FunctionalInterface
interface LayersObserver {
    /**
     * The consumer sends other layers than before.
     *
     * @param spatialLayer -1 when it sends none
     * @param temporalLayer the highest that is sent, -1 when none is
     */
    void layersChanged(Consumer consumer, int spatialLayer, int temporalLayer);
}
