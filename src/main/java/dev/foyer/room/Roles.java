package dev.foyer.room;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What participants are, how many may be what, and who is host when the last host leaves. Belongs to the room's loop. */
final class Roles {
    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);

    /** What nobody can give who does not have it. */
    private static final Set<Permission> POWERS = EnumSet.of(Permission.MODERATE, Permission.RECORD, Permission.ADMIN);

    private final String roomId;
    private final RoleLimits limits;
    private final Seats seats;
    private final Lobby lobby;
    private final Enforcement enforcement;

    Roles(String roomId, RoleLimits limits, Seats seats, Lobby lobby, Enforcement enforcement) {
        this.roomId = roomId;
        this.limits = limits;
        this.seats = seats;
        this.lobby = lobby;
        this.enforcement = enforcement;
    }

    /** Throws {@code ROOM_FULL} unless {@link #hasPlace}. */
    void checkPlace(ParticipantRole role, @Nullable Participant replaced) {
        if (!hasPlace(role, replaced)) {
            throw new RoomException(RoomErrorCode.ROOM_FULL);
        }
    }

    /**
     * Whether there may be one more of a role.
     *
     * @param replaced whose seat is given up for it, or null
     */
    boolean hasPlace(ParticipantRole role, @Nullable Participant replaced) {
        int others = 0;
        for (Participant seat : seats.all()) {
            others += seat != replaced && seat.role == role ? 1 : 0;
        }
        return others < limits.of(role);
    }

    /**
     * Makes somebody something else. The last host stays one ({@code FORBIDDEN}); whoever wants to give it up makes another
     * host first.
     *
     * @param by who does it, or null for the server
     */
    void set(Participant participant, ParticipantRole role, @Nullable Participant by) {
        if (participant.role == role) {
            return;
        }
        if (participant.role == ParticipantRole.HOST && isAlone(participant)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "The last host stays host");
        }
        checkPlace(role, participant);
        Set<Permission> giver = by == null ? EnumSet.allOf(Permission.class) : by.permissions;
        change(participant, role, given(role, participant.permissions, giver), by == null ? null : by.id());
    }

    /** What follows from a new role: nobody gives a power that it does not have, but what was there before stays. */
    static Set<Permission> given(ParticipantRole role, Set<Permission> before, Set<Permission> giver) {
        Set<Permission> permissions = EnumSet.copyOf(PermissionTable.of(role));
        permissions.removeIf(permission ->
                POWERS.contains(permission) && !giver.contains(permission) && !before.contains(permission));
        return permissions;
    }

    /** Somebody is gone: if it was the last host, whoever has been there for longest becomes host, a moderator first. */
    void left(Participant gone) {
        if (gone.role != ParticipantRole.HOST || anyHost()) {
            return;
        }
        Participant heir = null;
        for (Participant seat : seats.all()) {
            if (mayInherit(seat) && (heir == null || isBetter(seat, heir))) {
                heir = seat;
            }
        }
        if (heir != null) {
            LOG.info("room {}: {} is host now", roomId, heir.id());
            Set<Permission> permissions = EnumSet.copyOf(PermissionTable.of(ParticipantRole.HOST));
            permissions.addAll(heir.permissions);
            change(heir, ParticipantRole.HOST, permissions, null);
        }
    }

    private void change(
            Participant participant, ParticipantRole role, Set<Permission> permissions, @Nullable String by) {
        boolean moderatedBefore = participant.may(Permission.MODERATE);
        enforcement.change(participant, () -> {
            participant.role = role;
            participant.permissions = permissions;
        });
        seats.tellAll(new RoomEvent.RoleChanged(participant.peer(), by));
        if (!moderatedBefore && participant.may(Permission.MODERATE)) {
            lobby.show(participant);
        }
    }

    private boolean anyHost() {
        return seats.all().stream().anyMatch(seat -> seat.role == ParticipantRole.HOST);
    }

    private boolean isAlone(Participant host) {
        return seats.all().stream().noneMatch(seat -> seat != host && seat.role == ParticipantRole.HOST);
    }

    private static boolean mayInherit(Participant seat) {
        Dialect dialect = seat.recipient.dialect();
        return seat.role != ParticipantRole.VIEWER && dialect != Dialect.API && dialect != Dialect.WHIP;
    }

    /** Seats are looked at in the order in which they were taken, so that of equals the earlier stays. */
    private static boolean isBetter(Participant seat, Participant heir) {
        if (seat.away != heir.away) {
            return heir.away;
        }
        return seat.may(Permission.MODERATE) && !heir.may(Permission.MODERATE);
    }
}
