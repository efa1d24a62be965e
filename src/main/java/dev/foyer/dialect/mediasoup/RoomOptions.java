package dev.foyer.dialect.mediasoup;

import dev.foyer.dialect.Fields;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.RoomView;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a room is made with, in the words of this dialect.
 *
 * @param maxParticipants seats; null for the server's own number
 * @param enableRecording whether the room may be recorded
 * @param timeout how long the room is kept while nobody is in it, milliseconds, 0 for until it is deleted; null for a room
 *     that ends with the last who leaves
 */
public record RoomOptions(
        @Nullable Integer maxParticipants,
        boolean enableRecording,
        @Nullable Long timeout) {
    private static final int MAX_PARTICIPANTS = 1_000_000;
    private static final Long MAX_SOCKET_TIMEOUT_MILLIS = Duration.ofHours(1).toMillis();
    private static final long MAX_TIMEOUT_MILLIS = Duration.ofDays(365).toMillis();

    /** Reads the optional field {@code options} of a message. */
    static RoomOptions readFrom(Fields message) {
        Fields options = message.optionalObject("options");
        if (options == null) {
            return new RoomOptions(null, true, null);
        }
        return new RoomOptions(
                options.optionalNumber("maxParticipants", 1, MAX_PARTICIPANTS),
                options.flag("enableRecording", true),
                options.optionalInteger("timeout", 0, MAX_TIMEOUT_MILLIS));
    }

    /** The options that a room was made with, whoever made it. */
    static RoomOptions of(RoomView room) {
        Duration keptEmpty = room.keptEmpty();
        return new RoomOptions(
                room.maxParticipants(), room.recordable(), keptEmpty == null ? null : keptEmpty.toMillis());
    }

    /** These options, the room being kept that long unless they say how long. */
    RoomOptions orKept(long timeoutMillis) {
        return timeout == null ? new RoomOptions(maxParticipants, enableRecording, timeoutMillis) : this;
    }

    /** These options for a room that a socket makes: it is not kept for ever, nor for long, when nobody comes. */
    RoomOptions forSockets() {
        return timeout == null || (timeout > 0 && timeout <= MAX_SOCKET_TIMEOUT_MILLIS)
                ? this
                : new RoomOptions(maxParticipants, enableRecording, timeout == 0 ? null : MAX_SOCKET_TIMEOUT_MILLIS);
    }

    RoomSpec spec() {
        return new RoomSpec(
                RoomType.MANSION,
                maxParticipants,
                false,
                false,
                enableRecording,
                timeout == null ? null : Duration.ofMillis(timeout),
                Map.of());
    }
}
