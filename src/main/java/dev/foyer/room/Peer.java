package dev.foyer.room;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A participant as the others see it.
 *
 * @param peerId its Socket.IO socket id
 * @param userId who it is; one user may be several peers
 * @param role what it is in the room
 * @param displayName name to show, or null
 * @param mediaState what it says about its camera, microphone and screen, passed on as it came; or null
 * @param data what else it says about itself, passed on as it came; or null
 * @param joinedAtMillis when it took its seat, milliseconds since 1970
 */
public record Peer(
        String peerId,
        String userId,
        ParticipantRole role,
        @Nullable String displayName,
        @Nullable Map<String, @Nullable Object> mediaState,
        @Nullable Map<String, @Nullable Object> data,
        long joinedAtMillis) {}
