package dev.foyer.http;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.protocol.sdp.SessionDescription;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A WHIP or WHEP session: a participant that speaks by HTTP alone. Requests come on the event loops of their connections,
 * events on the room's loop; what both touch is guarded.
 */
final class WhipSession {
    private final WhipKind kind;
    private final String id;
    private final String roomId;
    private final String participantId;
    private final Identity identity;
    private @Nullable Negotiated negotiated;
    private boolean ended;
    private boolean restarting;

    /**
     * @param id unguessable; whoever knows it and speaks for the same user may change and end the session
     * @param participantId its seat in the room
     * @param identity who opened it
     */
    WhipSession(WhipKind kind, String id, String roomId, String participantId, Identity identity) {
        this.kind = kind;
        this.id = id;
        this.roomId = roomId;
        this.participantId = participantId;
        this.identity = identity;
    }

    /**
     * What offer and answer settled.
     *
     * @param connectionId the server's end
     * @param answer the server's answer
     * @param usernameFragment of the client in the ICE session that is current, or null when it said none
     * @param entityTag names the ICE session that is current
     */
    record Negotiated(
            String connectionId,
            SessionDescription answer,
            @Nullable String usernameFragment,
            String entityTag) {
        Negotiated restarted(@Nullable String newUsernameFragment, String newEntityTag) {
            return new Negotiated(connectionId, answer, newUsernameFragment, newEntityTag);
        }
    }

    WhipKind kind() {
        return kind;
    }

    String id() {
        return id;
    }

    String roomId() {
        return roomId;
    }

    String participantId() {
        return participantId;
    }

    /** Whether somebody may change and end the session: who opened it, or an administrator. */
    boolean isOf(Identity other) {
        return Objects.equals(identity.userId(), other.userId()) || other.may(Grant.ADMIN, Set.of());
    }

    /** Whether the token that opened it is over. */
    boolean hasExpired(Instant now) {
        return identity.hasExpired(now);
    }

    /** The current state of the negotiation. Known to every session that a client knows. */
    synchronized Negotiated negotiated() {
        return Objects.requireNonNull(negotiated);
    }

    /** Sets the state of the negotiation; false when the session has ended meanwhile. */
    synchronized boolean negotiated(Negotiated next) {
        negotiated = next;
        return !ended;
    }

    /** Reserves an ICE restart of the ICE session that was seen; false when another is under way or came first. */
    synchronized boolean beginRestart(Negotiated seen) {
        if (restarting || !seen.equals(negotiated)) {
            return false;
        }
        restarting = true;
        return true;
    }

    /** An ICE restart is over, whatever came of it. */
    synchronized void endRestart() {
        restarting = false;
    }

    /** Ends the session; false when it has ended before. */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
