package dev.foyer.http;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.RoleWords;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may call an operation of the API: what the operation asks for against what the token says. */
final class ApiAccess {
    private ApiAccess() {}

    /**
     * Lets a caller pass.
     *
     * @param roomId the room that the request is about; null when it is about none
     * @throws RoomException {@code FORBIDDEN}
     */
    static void check(Identity identity, ApiOperation operation, @Nullable String roomId) {
        if ((roomId != null && !identity.opens(roomId)) || (operation.everyRoom() && identity.room() != null)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Your token is for another room");
        }
        if (!operation.grants().isEmpty() && operation.grants().stream().noneMatch(grant -> may(identity, grant))) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
    }

    /** Whether a caller may do something. A guest may everything: by HTTP guests are let in only while developing. */
    static boolean may(Identity identity, Grant grant) {
        if (identity.isGuest()) {
            return identity.may(grant, EnumSet.allOf(Grant.class));
        }
        String role = identity.role();
        ParticipantRole known = role == null
                ? ParticipantRole.PARTICIPANT
                : RoleWords.read(role).orElse(ParticipantRole.VIEWER);
        return identity.may(grant, RoleWords.grants(known));
    }

    /** Everything that a caller may do. */
    static Set<Grant> grants(Identity identity) {
        Set<Grant> grants = EnumSet.noneOf(Grant.class);
        for (Grant grant : Grant.values()) {
            if (may(identity, grant)) {
                grants.add(grant);
            }
        }
        return grants;
    }
}
