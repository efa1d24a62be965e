package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A producer as the others learn of it.
 *
 * @param producerId to consume it by
 * @param peerId whose it is
 * @param userId whose it is
 * @param kind audio or video
 * @param appData what its owner said about it, passed on as it came
 * @param paused whether it sends nothing now
 */
public record AnnouncedProducer(
        String producerId,
        String peerId,
        String userId,
        MediaKind kind,
        Map<String, @Nullable Object> appData,
        boolean paused) {}
