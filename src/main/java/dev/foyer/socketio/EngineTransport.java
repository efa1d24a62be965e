package dev.foyer.socketio;

import java.util.ArrayDeque;

/** What carries an {@link EngineSession}'s packets. Used in the session's tasks only. */
interface EngineTransport {
    /** Its name in the {@code transport} query parameter. */
    String name();

    /** Whether packets can be written now. */
    boolean writable();

    /**
     * Writes packets from the head of the queue while it can, and removes them from it. Only when writable.
     *
     * @return how many bytes were taken
     */
    long write(ArrayDeque<OutboundFrame> frames);

    /**
     * Ends after what was written.
     *
     * @param farewell a last packet for whoever is waiting
     */
    void end(OutboundFrame farewell);

    /** Ends at once, whatever is still unread. */
    void kill();
}
