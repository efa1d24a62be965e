package dev.foyer.dialect;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.room.Dialect;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.Ticket;
import java.util.Set;

/**
 * Who wants to join what, after the token had its say.
 *
 * @param roomId the room
 * @param spec for a room that is made now
 * @param command the seat asked for
 * @param mayCreate whether the room may be made for it
 */
public record SeatRequest(String roomId, RoomSpec spec, RoomCommand.Join command, boolean mayCreate) {
    /**
     * Applies a token to what a client says.
     *
     * @throws RoomException {@code FORBIDDEN} when the token is for another room or user, {@code INVALID_MESSAGE} when
     *     nobody says who the user is
     */
    public static SeatRequest of(Identity identity, Dialect dialect, String roomId, RoomSpec spec, SeatAsk ask) {
        checkOpens(identity, roomId);
        if (identity.contradicts(ask.claimedUserId())) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        ParticipantRole role = role(identity, ask.role());
        Set<Grant> roleGrants = RoleWords.grants(role);
        RoomCommand.Join command = new RoomCommand.Join(
                dialect,
                userId(identity, ask),
                role,
                ask.displayName() != null ? ask.displayName() : identity.name(),
                ask.mediaState(),
                ask.data(),
                ask.mesh(),
                ask.rtpCapabilities(),
                RoleWords.permissions(identity, role),
                new Ticket(!identity.isGuest(), roomId.equals(identity.room()), ask.invitation()));
        return new SeatRequest(roomId, spec, command, identity.may(Grant.CREATE, roleGrants));
    }

    /** Throws {@code FORBIDDEN} when the token is for another room. */
    public static void checkOpens(Identity identity, String roomId) {
        if (!identity.opens(roomId)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
    }

    private static String userId(Identity identity, SeatAsk ask) {
        if (identity.userId() != null) {
            return identity.userId();
        }
        String userId = ask.claimedUserId() != null ? ask.claimedUserId() : ask.otherUserId();
        if (userId == null) {
            throw Fields.invalid("userId", "a string");
        }
        return userId;
    }

    private static ParticipantRole role(Identity identity, ParticipantRole asked) {
        String granted = identity.role();
        if (granted != null) {
            return RoleWords.read(granted).orElseThrow(() -> new RoomException(RoomErrorCode.FORBIDDEN));
        }
        return asked == ParticipantRole.HOST && !identity.mayChooseHost() ? ParticipantRole.PARTICIPANT : asked;
    }
}
