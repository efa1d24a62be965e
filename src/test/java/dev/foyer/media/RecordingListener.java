package dev.foyer.media;

import dev.foyer.room.MediaListener;
import dev.foyer.room.TransportState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told as text. */
final class RecordingListener implements MediaListener {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void transportState(String transportId, TransportState state) {
        told.add("transportState " + transportId + " " + state);
    }

    @Override
    public void consumerClosed(String consumerId) {
        told.add("consumerClosed " + consumerId);
    }

    @Override
    public void producerClosed(String producerId) {
        told.add("producerClosed " + producerId);
    }

    @Override
    public void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {
        told.add("layersChanged " + consumerId + " " + spatialLayer + " " + temporalLayer);
    }

    @Override
    public void audioLevels(Map<String, Integer> levelsByProducer) {
        told.add("audioLevels " + levelsByProducer);
    }

    @Override
    public void sessionLost(String reason) {
        told.add("sessionLost " + reason);
    }

    /** What was told and not asked for yet. */
    List<String> toldSoFar() {
        return List.copyOf(told);
    }

    /** Waits until a transport is connected as the server sees it, which may be after the client does. */
    void awaitConnected(String transportId) throws InterruptedException {
        await("transportState " + transportId + " " + TransportState.CONNECTED);
    }

    /** Waits until a producer ended without being asked. */
    void awaitProducerClosed(String producerId) throws InterruptedException {
        await("producerClosed " + producerId);
    }

    private void await(String wanted) throws InterruptedException {
        String next = next();
        while (!wanted.equals(next)) {
            if (next == null) {
                throw new AssertionError("never told: " + wanted);
            }
            next = next();
        }
    }

    /** What is told next, waited for up to 20 seconds; null if nothing is. */
    String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }
}
