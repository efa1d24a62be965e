package dev.foyer.room;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a plain client knows of a peer: it hears of it once, may have to wait for that, and hears of its departure only if
 * it heard of it before or was offered a connection to it. For a client that is not plain this is nobody's business and nothing happens here.
 */
final class Acquaintance {
    private static final int SESSIONS = 8;

    final Participant client;
    final Participant peer;
    private final Seats seats;
    private final boolean plain;
    private final Deadline hold = new Deadline();
    private final Deque<String> retired = new ArrayDeque<>();
    private boolean due;
    private boolean knows;

    /** Whether it was offered a connection, so that it has one, though it may not know of the peer. */
    private boolean addressed;

    Acquaintance(Participant client, Participant peer, Seats seats) {
        this.client = client;
        this.peer = peer;
        this.seats = seats;
        this.plain = client.plain() != null;
    }

    boolean knows() {
        return knows;
    }

    boolean isHeld() {
        return due || hold.isSet();
    }

    /** The client is told of the peer unless it knows of it. */
    void meet() {
        cancel();
        if (plain && !knows) {
            knows = true;
            seats.tell(client, new RoomEvent.PeerJoined(peer.peer(), client.politeTowards(peer)));
        }
    }

    /** The client learns of the peer by the reply to its join. */
    void metByReply() {
        cancel();
        knows = plain;
    }

    /** The client is sent an offer in the peer's name. */
    void address() {
        addressed = true;
    }

    /** The client is told that the peer left, if it has to do with it. */
    void part() {
        cancel();
        if (knows || addressed) {
            knows = false;
            addressed = false;
            seats.tell(client, new RoomEvent.PeerLeft(peer.peer()));
        }
    }

    /** The client is not told of the peer before {@link #release} or the end of the time for that. */
    void holdBack(long nowNanos) {
        due = false;
        hold.in(LinkTiming.HOLD_NANOS, nowNanos);
    }

    /** What was held is told at the next {@link #tick}. */
    void release() {
        if (hold.isSet()) {
            announce();
        }
    }

    /** The client is told of the peer at the next {@link #tick} that lets it. */
    void announce() {
        hold.clear();
        due = true;
    }

    /**
     * Tells what is to be told.
     *
     * @param mayTell whether the client can bear it now
     * @return whether it was told
     */
    boolean tick(boolean mayTell, long nowNanos) {
        due |= hold.take(nowNanos);
        boolean tells = due && mayTell;
        if (tells) {
            meet();
        }
        return tells;
    }

    private void cancel() {
        hold.clear();
        due = false;
    }

    long delayNanos(long nowNanos) {
        return hold.delayNanos(nowNanos);
    }

    /**
     * The client was told to begin anew: what still comes from the peer connection that it had is void. Clients that offer
     * to whomever they hear of are known to close it; what others do is their convention.
     */
    void retire(@Nullable String session) {
        if (session != null && client.offersUnasked() && !retired.contains(session)) {
            if (retired.size() == SESSIONS) {
                retired.removeFirst();
            }
            retired.addLast(session);
        }
    }

    boolean isRetired(@Nullable String session) {
        return session != null && retired.contains(session);
    }
}
