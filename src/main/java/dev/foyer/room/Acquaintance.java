package dev.foyer.room;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a plain client knows of a peer: it hears of it once, may have to wait for that, and hears of its departure only if
 * it heard of it before. For a client that is not plain this is nobody's business and nothing happens here.
 */
final class Acquaintance {
    private static final int SESSIONS = 8;

    final Participant client;
    final Participant peer;
    private final Seats seats;
    private final boolean plain;
    private final Deadline hold = new Deadline();
    private final Deque<String> retired = new ArrayDeque<>();
    private boolean knows;

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
        return hold.isSet();
    }

    /** The client is told of the peer unless it knows of it. */
    void meet() {
        hold.clear();
        if (plain && !knows) {
            knows = true;
            seats.tell(client, new RoomEvent.PeerJoined(peer.peer(), client.politeTowards(peer)));
        }
    }

    /** The client learns of the peer by the reply to its join. */
    void metByReply() {
        hold.clear();
        knows = plain;
    }

    /** The client is told that the peer left, if it knows of it. */
    void part() {
        hold.clear();
        if (knows) {
            knows = false;
            seats.tell(client, new RoomEvent.PeerLeft(peer.peer()));
        }
    }

    /** The client is not told of the peer before {@link #release} or the end of the time for that. */
    void holdBack(long nowNanos) {
        hold.in(LinkTiming.HOLD_NANOS, nowNanos);
    }

    /** What was held is told. */
    void release() {
        if (hold.isSet()) {
            meet();
        }
    }

    /** Tells what was held for long enough; returns whether that is now. */
    boolean tick(long nowNanos) {
        boolean due = hold.take(nowNanos);
        if (due) {
            meet();
        }
        return due;
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
