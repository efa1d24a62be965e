package dev.foyer.dialect.call;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.OrtcReader;
import dev.foyer.dialect.RoleWords;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Permission;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Who wants to join what, after the token had its say.
 *
 * @param target the room
 * @param command the seat asked for
 * @param mayCreate whether the room may be made for it
 */
record CallJoin(Target target, RoomCommand.Join command, boolean mayCreate) {
    private static final int MAX_METADATA = 16 * 1024;

    /**
     * A room as a message names it.
     *
     * @param roomId the room
     * @param spec for a room that is made now
     */
    record Target(String roomId, RoomSpec spec) {}

    /** Reads {@code createRoom}. */
    static Target readTarget(Fields message, Identity identity) {
        String roomId = message.text("callId", CallRequests.MAX_ID);
        if (!identity.opens(roomId)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        RoomType type = message.optionalWord("type", RoomType.class);
        if (type == null) {
            type = RoomType.MANSION;
        }
        Fields options = message.optionalObject("options");
        if (options == null) {
            return new Target(roomId, RoomSpec.of(type));
        }
        TopologyOption topology = options.optionalWord("topology", TopologyOption.class);
        return new Target(
                roomId,
                new RoomSpec(
                        type,
                        options.optionalNumber("maxParticipants", 1, 1_000_000),
                        options.flag("listed", false),
                        topology == TopologyOption.SFU,
                        true,
                        null,
                        options.freeObjectOrEmpty("metadata", MAX_METADATA)));
    }

    /** Reads {@code joinRoom}. */
    static CallJoin read(Fields message, Identity identity) {
        Target target = readTarget(message, identity);
        String claimed = message.optionalText("userId", CallRequests.MAX_ID);
        if (identity.contradicts(claimed)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        String userId = identity.userId() != null ? identity.userId() : message.text("userId", CallRequests.MAX_ID);
        ParticipantRole role = role(message, identity);
        Set<Grant> roleGrants = RoleWords.grants(role);
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        if (identity.may(Grant.PUBLISH, roleGrants)) {
            permissions.add(Permission.PUBLISH);
        }
        if (identity.may(Grant.SUBSCRIBE, roleGrants)) {
            permissions.add(Permission.SUBSCRIBE);
        }
        String displayName = message.optionalText("displayName", CallRequests.MAX_NAME);
        Fields capabilities = message.optionalObject("rtpCapabilities");
        return new CallJoin(
                target,
                new RoomCommand.Join(
                        Dialect.CALL,
                        userId,
                        role,
                        displayName != null ? displayName : identity.name(),
                        message.freeObject("mediaState", CallRequests.MAX_STATE),
                        null,
                        message.flag("mesh", false) ? new MeshSupport.Seamless() : new MeshSupport.None(),
                        capabilities == null ? null : OrtcReader.rtpCapabilities(capabilities),
                        permissions),
                identity.may(Grant.CREATE, roleGrants));
    }

    private static ParticipantRole role(Fields message, Identity identity) {
        ParticipantRole asked = RoleWords.read(message, "role", ParticipantRole.PARTICIPANT);
        String granted = identity.role();
        return granted == null
                ? asked
                : RoleWords.read(granted).orElseThrow(() -> new RoomException(RoomErrorCode.FORBIDDEN));
    }

    /** What {@code options.topology} may say. */
    private enum TopologyOption {
        ADAPTIVE,
        SFU;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
