package dev.foyer.http;

import dev.foyer.auth.Grant;
import dev.foyer.protocol.sdp.Direction;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Permission;
import java.util.Locale;

/** The two protocols that trade one SDP offer for one answer over HTTP. */
enum WhipKind {
    /** Ingest: the client sends. RFC 9725. */
    WHIP(Grant.PUBLISH, Permission.PUBLISH, ParticipantRole.PARTICIPANT),
    /** Playback: the client receives. draft-ietf-wish-whep. */
    WHEP(Grant.SUBSCRIBE, Permission.SUBSCRIBE, ParticipantRole.VIEWER);

    private final Grant grant;
    private final Permission permission;
    private final ParticipantRole role;

    WhipKind(Grant grant, Permission permission, ParticipantRole role) {
        this.grant = grant;
        this.permission = permission;
        this.role = role;
    }

    /** What a token has to allow. */
    Grant grant() {
        return grant;
    }

    /** What the participant may do, whatever else its token allows. */
    Permission permission() {
        return permission;
    }

    /** What the participant is. */
    ParticipantRole role() {
        return role;
    }

    /** Whether an offer may contain a media section of this direction. */
    boolean accepts(Direction offered) {
        return this == WHIP ? offered.sends() : offered.receives();
    }

    /** The first segment of its paths, and how its participants' ids begin. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
