package dev.foyer.dialect;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about itself when it joins, before its token had a say.
 *
 * @param claimedUserId who it says it is, or null
 * @param otherUserId who it is when neither it nor its token says so; null when one of them must
 * @param role what it wants to be
 * @param displayName name to show, or null
 * @param mediaState passed on to the others, or null
 * @param data what else it says about itself, or null
 * @param mesh what it can do in a mesh
 * @param rtpCapabilities what it can receive, or null
 * @param invitation the secret of an invitation that it shows, or null
 */
public record SeatAsk(
        @Nullable String claimedUserId,
        @Nullable String otherUserId,
        ParticipantRole role,
        @Nullable String displayName,
        @Nullable Map<String, @Nullable Object> mediaState,
        @Nullable Map<String, @Nullable Object> data,
        MeshSupport mesh,
        @Nullable RtpCapabilities rtpCapabilities,
        @Nullable String invitation) {
    /** Somebody who shows no invitation. */
    public SeatAsk(
            @Nullable String claimedUserId,
            @Nullable String otherUserId,
            ParticipantRole role,
            @Nullable String displayName,
            @Nullable Map<String, @Nullable Object> mediaState,
            @Nullable Map<String, @Nullable Object> data,
            MeshSupport mesh,
            @Nullable RtpCapabilities rtpCapabilities) {
        this(claimedUserId, otherUserId, role, displayName, mediaState, data, mesh, rtpCapabilities, null);
    }
}
