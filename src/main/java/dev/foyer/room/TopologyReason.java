package dev.foyer.room;

import java.util.Locale;

/** Why a room has the mode that it has. */
public enum TopologyReason {
    /** A new room begins as a mesh. */
    CREATED,
    /** The room is one that is never a mesh. */
    POLICY,
    /** A participant without a client of its own takes part: WHIP, WHEP, HTTP. */
    SERVER_SIDE_CLIENT,
    /** The participants speak different dialects. */
    MIXED_DIALECTS,
    /** A participant's client cannot do a mesh. */
    NOT_MESH_CAPABLE,
    /** More participants than a mesh may have. */
    PARTICIPANTS,
    /** A participant may not send or receive everything, or is muted: only the SFU can see to that. */
    RESTRICTED,
    /** The room is being recorded. */
    RECORDING,
    /** A participant asked for it. */
    REQUESTED,
    /** A mesh link failed, now or earlier in this room. */
    LINK_FAILED,
    /** A mesh link loses packets. */
    LINK_LOSSY,
    /** A mesh link runs through TURN on both sides. */
    LINK_RELAYED,
    /** The room has been small and quiet long enough to be a mesh again. */
    QUIET,
    /** The mesh did not come up; the SFU goes on. */
    MESH_UNAVAILABLE,
    /** The SFU did not come up; the mesh goes on. */
    SFU_UNAVAILABLE,
    /** The SFU's transports are gone and have to be made anew. */
    SFU_RESTARTED;

    /** The reason as it stands in JSON: lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
