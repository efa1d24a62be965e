package dev.foyer.room;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What plain clients tell each other to set up a connection. */
public sealed interface PeerSignal {
    /**
     * The client's own message, which goes on as it came, without its addressing; null when the server made the signal.
     */
    @Nullable
    Map<String, @Nullable Object> message();

    /**
     * An SDP offer.
     *
     * @param sdp the description that the message carries
     */
    record Offer(String sdp, @Nullable Map<String, @Nullable Object> message) implements PeerSignal {}

    /**
     * An SDP answer.
     *
     * @param sdp the description that the message carries
     */
    record Answer(String sdp, @Nullable Map<String, @Nullable Object> message) implements PeerSignal {}

    /**
     * An ICE candidate in whichever form the client writes it. Only clients send them: the server's stand in its SDP.
     *
     * @param ufrag the user name fragment of the description that it belongs to; null when it does not say
     */
    record Candidate(@Nullable String ufrag, Map<String, @Nullable Object> message) implements PeerSignal {}
}
