package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What moderators do, or the server itself. Whether they may is decided before. Belongs to the room's loop. */
final class Moderators {
    private static final Logger LOG = LoggerFactory.getLogger(Moderators.class);

    private final String roomId;
    private final Seats seats;
    private final Membership membership;
    private final Admission admission;
    private final Lobby lobby;
    private final Mutes mutes;
    private final Roles roles;

    Moderators(
            String roomId,
            Seats seats,
            Membership membership,
            Admission admission,
            Lobby lobby,
            Mutes mutes,
            Roles roles) {
        this.roomId = roomId;
        this.seats = seats;
        this.membership = membership;
        this.admission = admission;
        this.lobby = lobby;
        this.mutes = mutes;
        this.roles = roles;
    }

    /**
     * Carries a command of a moderator out.
     *
     * @param by who gives it, or null for the server
     */
    void carryOut(@Nullable Participant by, RoomCommand.Moderate command) {
        Participant target = seats.find(command.peerId());
        if (target == null) {
            throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
        }
        if (by != null && target != by && target.may(Permission.ADMIN) && !by.may(Permission.ADMIN)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        String byId = by == null ? null : by.id();
        LOG.info(
                "room {}: {} does {} to {}",
                roomId,
                byId == null ? "the server" : byId,
                command.action().getClass().getSimpleName(),
                target.id());
        switch (command.action()) {
            case Moderation.Mute(MediaKind kind) ->
                mutes.set(target.userId, Set.of(kind == null ? MediaKind.AUDIO : kind), true, byId);
            case Moderation.StopVideo() -> mutes.set(target.userId, Set.of(MediaKind.VIDEO), true, byId);
            case Moderation.Unmute(MediaKind kind) ->
                mutes.set(target.userId, kind == null ? EnumSet.allOf(MediaKind.class) : Set.of(kind), false, byId);
            case Moderation.Kick(String reason) -> {
                checkOther(by, target);
                admission.forget(target.userId);
                membership.expel(target, RoomErrorCode.KICKED, reason);
            }
            case Moderation.Ban ban -> {
                checkOther(by, target);
                admission.ban(target.userId, ban.time());
                for (Participant seat : List.copyOf(seats.all())) {
                    if (seat.userId.equals(target.userId)) {
                        membership.expel(seat, RoomErrorCode.BANNED, ban.reason());
                    }
                }
            }
            case Moderation.SetRole(ParticipantRole role) -> roles.set(target, role, by);
        }
    }

    void lock(boolean locked) {
        admission.lock(locked);
    }

    void admit(String userId) {
        lobby.admit(userId);
    }

    void deny(String userId) {
        lobby.deny(userId);
    }

    /** Nobody throws itself out: for that there is leaving. */
    private static void checkOther(@Nullable Participant by, Participant target) {
        if (by != null && by.userId.equals(target.userId)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Leave instead");
        }
    }
}
