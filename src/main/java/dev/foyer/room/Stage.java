package dev.foyer.room;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The stage of a room where most only watch: hosts and participants stand on it, viewers do not until a host invites them
 * and they accept. Who stands where is said by the roles alone. Belongs to the room's loop.
 */
final class Stage {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Seats seats;
    private final RoomLoop loop;
    private final Roles roles;
    private final Map<Participant, Call> calls = new HashMap<>();

    Stage(Seats seats, RoomLoop loop, Roles roles) {
        this.seats = seats;
        this.loop = loop;
        this.roles = roles;
    }

    /** Asks a viewer on stage. Nothing happens to who is there, or is asked already. */
    void invite(Participant host, String peerId) {
        Participant viewer = seats.find(peerId);
        if (viewer == null) {
            throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
        }
        if (viewer.role != ParticipantRole.VIEWER || isCalled(viewer)) {
            return;
        }
        if (viewer.recipient.dialect() != Dialect.CALL) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Its client does not know of stages");
        }
        Call call = new Call(host);
        call.expires.in(PATIENCE_NANOS, loop.nowNanos());
        calls.put(viewer, call);
        long expiresAt = loop.nowMillis() + TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS);
        seats.tell(viewer, new RoomEvent.StageInvitation(host.id(), host.userId, expiresAt));
    }

    /** Steps on stage, for which a viewer needs to be asked. */
    void enter(Participant participant) {
        if (participant.role != ParticipantRole.VIEWER) {
            return;
        }
        Call call = calls.get(participant);
        if (call == null || !isCalled(participant)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Not invited on stage");
        }
        roles.set(participant, ParticipantRole.PARTICIPANT, call.host);
        calls.remove(participant);
    }

    /** Steps down, or declines. */
    void leave(Participant participant) {
        switch (participant.role) {
            case HOST -> throw new RoomException(RoomErrorCode.FORBIDDEN, "A host stays on stage");
            case PARTICIPANT -> roles.set(participant, ParticipantRole.VIEWER, participant);
            case VIEWER -> {
                Call call = calls.remove(participant);
                if (call != null && seats.holds(call.host)) {
                    seats.tell(call.host, new RoomEvent.StageDeclined(participant.id(), participant.userId));
                }
            }
        }
    }

    /** Forgets whom nobody waits for any more. */
    void tick(long nowNanos) {
        calls.entrySet()
                .removeIf(entry ->
                        !seats.holds(entry.getKey()) || entry.getValue().expires.delayNanos(nowNanos) == 0);
    }

    private boolean isCalled(Participant viewer) {
        Call call = calls.get(viewer);
        return call != null && call.expires.delayNanos(loop.nowNanos()) > 0;
    }

    private static final class Call {
        private final Participant host;
        private final Deadline expires = new Deadline();

        private Call(Participant host) {
            this.host = host;
        }
    }
}
