package dev.foyer.dialect;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Permission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The words that dialects have for roles. Both sets are read everywhere; each dialect writes one. */
public final class RoleWords {
    private RoleWords() {}

    /** The role that either word names; empty for an unknown word. */
    public static Optional<ParticipantRole> read(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "host", "moderator" -> ParticipantRole.HOST;
                    case "participant", "speaker" -> ParticipantRole.PARTICIPANT;
                    case "viewer", "audience" -> ParticipantRole.VIEWER;
                    default -> null;
                });
    }

    /** Reads a message's field; {@code absent} when it is not there. */
    public static ParticipantRole read(Fields message, String name, ParticipantRole absent) {
        String word = message.optionalText(name, 32);
        return word == null ? absent : read(word).orElseThrow(() -> Fields.invalid(name, "a known role"));
    }

    /** {@code moderator}, {@code speaker} or {@code audience}: the words of signaling, webrtc and call. */
    public static String stage(ParticipantRole role) {
        return switch (role) {
            case HOST -> "moderator";
            case PARTICIPANT -> "speaker";
            case VIEWER -> "audience";
        };
    }

    /** What a role may do when nothing else is said. */
    public static Set<Grant> grants(ParticipantRole role) {
        return switch (role) {
            case HOST -> EnumSet.complementOf(EnumSet.of(Grant.ADMIN));
            case PARTICIPANT -> EnumSet.of(Grant.PUBLISH, Grant.SUBSCRIBE, Grant.CREATE);
            case VIEWER -> EnumSet.of(Grant.SUBSCRIBE, Grant.CREATE);
        };
    }

    /** What somebody may do in a room in which it has a role: what its token grants, or else what the role does. */
    public static Set<Permission> permissions(Identity identity, ParticipantRole role) {
        Set<Grant> roleGrants = grants(role);
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (identity.may(grant(permission), roleGrants)) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static Grant grant(Permission permission) {
        return switch (permission) {
            case PUBLISH -> Grant.PUBLISH;
            case SUBSCRIBE -> Grant.SUBSCRIBE;
            case MODERATE -> Grant.MODERATE;
            case RECORD -> Grant.RECORD;
            case ADMIN -> Grant.ADMIN;
        };
    }
}
