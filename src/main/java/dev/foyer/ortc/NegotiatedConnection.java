package dev.foyer.ortc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection negotiated by SDP stands after one step.
 *
 * @param sdp the server's description that the step made, or null when it made none
 * @param received every track of the client's that is received on the connection, each with its producer; those that the
 *     step ended are not in it
 * @param clientSends whether the client has media that it would send, accepted or not
 * @param needsOffer whether the plan can only be met after an offer by the server
 */
public record NegotiatedConnection(
        @Nullable String sdp, List<ReceivedTrack> received, boolean clientSends, boolean needsOffer) {
    public NegotiatedConnection {
        received = List.copyOf(received);
    }
}
