package dev.foyer.room;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what plain clients, or the server in place of their peers, tell each other, and keeps count of it. */
final class SignalPost {
    private static final Logger LOG = LoggerFactory.getLogger(SignalPost.class);

    private final String roomId;
    private final Seats seats;
    private final RoomCounters counters;

    SignalPost(String roomId, Seats seats, RoomCounters counters) {
        this.roomId = roomId;
        this.seats = seats;
        this.counters = counters;
    }

    /** Passes a client's signal on to the other. */
    void relay(Participant from, Participant to, PeerSignal signal) {
        seats.tell(to, new RoomEvent.Negotiated(from.peer(), signal));
        note(from, to, signal, SignalOutcome.RELAYED);
    }

    /** The server says something in place of a peer. */
    void speakFor(Participant peer, Participant client, PeerSignal signal) {
        seats.tell(client, new RoomEvent.Negotiated(peer.peer(), signal));
        LOG.debug("room {}: {} for {} to {}", roomId, SignalKind.of(signal), peer.id(), client.id());
    }

    /** The server deals with a client's signal in place of the peer. */
    void served(Participant from, Participant to, PeerSignal signal) {
        note(from, to, signal, SignalOutcome.SERVED);
    }

    /** Nobody is to hear of a client's signal. */
    void drop(Participant from, Participant to, PeerSignal signal) {
        note(from, to, signal, SignalOutcome.DROPPED);
    }

    /** A client is told that a peer left and joined, so that it begins anew. */
    void replayed(Acquaintance acquaintance, String why) {
        LOG.debug("room {}: {} begins anew with {}: {}", roomId, acquaintance.client.id(), acquaintance.peer.id(), why);
    }

    private void note(Participant from, Participant to, PeerSignal signal, SignalOutcome outcome) {
        SignalKind kind = SignalKind.of(signal);
        counters.signal(from.recipient.dialect(), kind, outcome);
        LOG.debug("room {}: {} from {} to {} {}", roomId, kind, from.id(), to.id(), outcome);
    }
}
