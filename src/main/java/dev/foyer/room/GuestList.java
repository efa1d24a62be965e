package dev.foyer.room;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who may come into a room that is not open to all: one that is joined by invitation, or one around the lobby of a house.
 * Belongs to the room's loop.
 */
final class GuestList {
    private final RoomEntry entry;
    private final RoomTypeSettings type;
    private final Seats seats;
    private final Invitations invitations;
    private @Nullable String maker;
    private @Nullable Invitation wayBack;
    private boolean used;
    private boolean openToAll;

    GuestList(RoomEntry entry, RoomTypeSettings type, Seats seats, RandomGenerator random) {
        this.entry = entry;
        this.type = type;
        this.seats = seats;
        this.invitations = new Invitations(random);
    }

    /** Makes an invitation; refusals as {@link Invitations#create}. */
    Invitation invite(RoomCommand.CreateInvitation asked, long nowNanos, long nowMillis) {
        if (!type.byInvitation()) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Nobody needs an invitation here");
        }
        return invitations.create(asked.life(), asked.uses(), nowNanos, nowMillis);
    }

    /** Takes an invitation back; who is in stays in. */
    void revoke(String secret) {
        invitations.revoke(secret);
        if (wayBack != null && wayBack.secret().equals(secret)) {
            wayBack = null;
        }
    }

    /** A user may not come back by what let it in. */
    void forget(String userId) {
        invitations.forget(userId);
    }

    /** A connection asked for the room to be made; the first to do so made it, unless somebody was in it by then. */
    void madeBy(String id) {
        if (maker == null && !used && entry.createdBy() == null) {
            maker = id;
        }
    }

    /** Throws {@code INVITATION_NEEDED} or {@code FORBIDDEN} at who may not come in. */
    void check(String id, RoomCommand.Join join, long nowNanos) {
        Ticket ticket = join.ticket();
        if (seats.find(id) != null || ticket.forThisRoom() || isKept(join)) {
            return;
        }
        HousePlan house = entry.spec().house();
        if (house != null && house.lobby() != null && !house.lobby().equals(ticket.house())) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Enter by the lobby of the house");
        }
        if (type.byInvitation()
                && !openToAll
                && !isMaker(id, join, nowNanos)
                && !invitations.admits(ticket.invitation(), join.userId(), nowNanos)) {
            throw new RoomException(RoomErrorCode.INVITATION_NEEDED);
        }
    }

    /**
     * Notes that somebody came in.
     *
     * @return the way back in for who made the room, or null
     */
    @Nullable
    Invitation seated(Participant participant, RoomCommand.Join join, long nowNanos) {
        boolean made = isMaker(participant.id(), join, nowNanos);
        // Where there are no tokens, one whose protocol has no words for invitations would stay alone.
        openToAll |= made && !join.ticket().proven() && !invitesByItself(join.dialect());
        used = true;
        if (!type.byInvitation()) {
            return null;
        }
        String shown = join.ticket().invitation();
        if (shown != null) {
            invitations.use(shown, participant.userId);
        }
        if (!made) {
            return null;
        }
        if (wayBack == null) {
            wayBack = invitations.createFor(participant.userId, nowNanos);
        }
        return wayBack;
    }

    /** Whether the one who joins made the room: by this join, by this connection before, or as its token or secret says. */
    boolean isMaker(String id, RoomCommand.Join join, long nowNanos) {
        boolean named = join.userId().equals(entry.createdBy());
        return id.equals(maker)
                || (named && (!used || join.ticket().proven()))
                || (wayBack != null
                        && wayBack.secret().equals(join.ticket().invitation())
                        && invitations.admits(wayBack.secret(), join.userId(), nowNanos));
    }

    private static boolean invitesByItself(Dialect dialect) {
        return dialect == Dialect.CALL || dialect == Dialect.API || dialect == Dialect.WHIP;
    }

    /** The HTTP API keeps a seat for it. */
    private boolean isKept(RoomCommand.Join join) {
        return seats.all().stream()
                .anyMatch(seat -> seat.recipient.dialect() == Dialect.API && seat.userId.equals(join.userId()));
    }
}
