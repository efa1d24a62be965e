package dev.foyer.media;

import dev.foyer.room.MediaListener;
import dev.foyer.room.TransportState;
import dev.foyer.sfu.RouterListener;
import dev.foyer.sfu.WebRtcTransportState;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a room's listener, in the room's words, what happens in a router; an exception of the listener ends here. */
final class ListenerBridge implements RouterListener {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerBridge.class);

    private final MediaListener listener;

    ListenerBridge(MediaListener listener) {
        this.listener = listener;
    }

    @Override
    public void transportState(String transportId, WebRtcTransportState state) {
        TransportState told = switch (state) {
            // A transport begins in it, so it never becomes it.
            case NEW -> throw new IllegalArgumentException("new");
            case CONNECTED -> TransportState.CONNECTED;
            case DISCONNECTED -> TransportState.DISCONNECTED;
            case FAILED -> TransportState.FAILED;
            case CLOSED -> TransportState.CLOSED;
        };
        tell(() -> listener.transportState(transportId, told));
    }

    @Override
    public void consumerClosed(String consumerId) {
        tell(() -> listener.consumerClosed(consumerId));
    }

    @Override
    public void producerClosed(String producerId) {
        tell(() -> listener.producerClosed(producerId));
    }

    @Override
    public void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {
        tell(() -> listener.layersChanged(consumerId, spatialLayer, temporalLayer));
    }

    @Override
    public void audioLevels(Map<String, Integer> levelsByProducer) {
        tell(() -> listener.audioLevels(levelsByProducer));
    }

    /** The session is gone with its verticle. */
    void sessionLost(String reason) {
        tell(() -> listener.sessionLost(reason));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("a media listener threw", e);
        }
    }
}
