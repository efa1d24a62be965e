package dev.foyer.sfu.stream;

import dev.foyer.protocol.HotPath;

/**
 * Which encoding of a simulcast a consumer gets: the current one goes on until a key frame of the wanted one arrives.
 * A single encoding is a simulcast of one. Encodings are numbered from 0, the lowest.
 */
@HotPath
public final class SimulcastSwitch {
    /** No encoding. */
    public static final int NONE = -1;

    private int current = NONE;
    private int target = NONE;

    /** A switch that lets nothing through. */
    public SimulcastSwitch() {}

    /**
     * Wants an encoding, or {@link #NONE} to stop at once.
     *
     * @return true when a key frame of it must be asked for
     */
    public boolean want(int encoding) {
        target = encoding;
        if (encoding == NONE) {
            current = NONE;
        }
        return isWaiting();
    }

    /** Stops the current encoding but keeps the wanted one, as a pause does; it starts again with a key frame. */
    public void stop() {
        current = NONE;
    }

    /**
     * Whether a packet goes through.
     *
     * @param encoding that it belongs to
     * @param keyFrame whether it is the first packet of a key frame
     */
    public boolean admits(int encoding, boolean keyFrame) {
        if (keyFrame && encoding == target) {
            current = encoding;
        }
        return encoding == current && encoding != NONE;
    }

    /** The encoding that goes through, or {@link #NONE}. */
    public int current() {
        return current;
    }

    /** The encoding that is wanted, or {@link #NONE}. */
    public int target() {
        return target;
    }

    /** Whether a key frame of {@link #target} is waited for. */
    public boolean isWaiting() {
        return target != NONE && target != current;
    }
}
