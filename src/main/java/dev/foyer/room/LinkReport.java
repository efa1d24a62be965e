package dev.foyer.room;

import org.jspecify.annotations.Nullable;

/**
 * What one end of a mesh link says about it.
 *
 * @param peerId the other end
 * @param failed whether the link failed; else it is connected
 * @param loss of the packets received, as a fraction 0 to 1, or null when not measured
 * @param relayed whether this end's own candidate is a TURN relay, or null when not known
 */
public record LinkReport(
        String peerId,
        boolean failed,
        @Nullable Double loss,
        @Nullable Boolean relayed) {}
