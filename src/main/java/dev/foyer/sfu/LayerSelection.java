package dev.foyer.sfu;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.PayloadDescriptor;
import dev.foyer.sfu.stream.SimulcastSwitch;

/**
 * Chooses which of a producer's encodings a consumer sends: the highest one that arrives and is not above what the
 * client prefers, else the lowest that arrives. The change itself waits for a key frame of the chosen one. Within an
 * encoding it admits temporal layers up to the preferred one, more of them only from where a decoder can follow.
 */
@HotPath
final class LayerSelection {
    /** No layer. */
    static final int NONE = SimulcastSwitch.NONE;

    /** An encoding that was silent for so long has been stopped by its sender. */
    static final long SILENCE_NANOS = 1_000_000_000L;

    private final ProducerStream[] streams;
    private final SimulcastSwitch spatial = new SimulcastSwitch();
    private int preferredSpatial;
    private int preferredTemporal = Integer.MAX_VALUE;
    private int temporal;

    LayerSelection(ProducerStream[] streams) {
        this.streams = streams;
        preferredSpatial = streams.length - 1;
    }

    /** Sets the layers to send at most. */
    void prefer(int spatialLayer, int temporalLayer) {
        preferredSpatial = Math.clamp(spatialLayer, 0, streams.length - 1);
        preferredTemporal = Math.max(0, temporalLayer);
        temporal = Math.min(temporal, preferredTemporal);
    }

    /** The highest temporal layer that is wanted. */
    int preferredTemporal() {
        return preferredTemporal;
    }

    /** The encoding being sent, or {@link #NONE}. */
    int current() {
        return spatial.current();
    }

    /** The encoding to be sent from its next key frame on, the current one included, or {@link #NONE}. */
    int target() {
        return spatial.target();
    }

    /** Whether a change waits for a key frame. */
    boolean isWaiting() {
        return spatial.isWaiting();
    }

    /** Chooses anew by what arrives. True when a key frame of the chosen encoding is needed that was not before. */
    boolean choose(long nowNanos) {
        int chosen = streams.length == 1 ? 0 : best(nowNanos);
        return chosen != NONE && chosen != spatial.target() && spatial.want(chosen);
    }

    private int best(long nowNanos) {
        int lowestAbove = NONE;
        for (int i = streams.length - 1; i >= 0; i--) {
            if (streams[i].isLive(nowNanos, SILENCE_NANOS)) {
                if (i <= preferredSpatial) {
                    return i;
                }
                lowestAbove = i;
            }
        }
        return lowestAbove;
    }

    /** Whether packets of an encoding go through now; a key frame of the chosen one makes it the current one. */
    boolean admits(int encoding, boolean keyFrame) {
        if (!spatial.admits(encoding, keyFrame)) {
            return false;
        }
        if (keyFrame) {
            temporal = preferredTemporal;
        }
        return true;
    }

    /** Whether a packet of the current encoding is of a temporal layer that is sent. */
    boolean admitsTemporal(PayloadDescriptor payload) {
        int layer = payload.temporalLayer();
        if (layer <= temporal) {
            return true;
        }
        if (layer > preferredTemporal || !payload.startsFrame() || !payload.isTemporalSwitchPoint()) {
            return false;
        }
        temporal = layer;
        return true;
    }

    /** Nothing is sent any more; the next choice starts with a key frame. */
    void stop() {
        spatial.want(NONE);
    }
}
