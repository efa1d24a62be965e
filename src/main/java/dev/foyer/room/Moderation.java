package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a moderator does to a participant. */
public sealed interface Moderation {
    /**
     * Stops a participant's media at the server, whatever its client does, until {@link Unmute}. It holds for what the
     * participant publishes later, too, and for the user's next seat in the room. A mesh moves to the SFU for it.
     *
     * @param kind what is stopped; null for audio, as "mute" means without more
     */
    record Mute(@Nullable MediaKind kind) implements Moderation {}

    /**
     * Lifts {@link Mute}. What the participant paused itself stays paused.
     *
     * @param kind what is lifted; null for all
     */
    record Unmute(@Nullable MediaKind kind) implements Moderation {}

    /** The same as muting video: camera and screen. */
    record StopVideo() implements Moderation {}

    /**
     * Takes the seat away. The participant may come back, unless the room is locked.
     *
     * @param reason told to it, or null
     */
    record Kick(@Nullable String reason) implements Moderation {}

    /**
     * Takes all seats of the participant's user away, and keeps that user id out of the room for a time. The ban ends with
     * the room.
     *
     * @param time more than zero
     * @param reason told to it, or null
     */
    record Ban(Duration time, @Nullable String reason) implements Moderation {}

    /** Makes the participant something else; what it may do follows from that. */
    record SetRole(ParticipantRole role) implements Moderation {}
}
