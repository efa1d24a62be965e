package dev.foyer.dialect.call;

import dev.foyer.dialect.Fields;
import dev.foyer.dialect.RoleWords;
import dev.foyer.ortc.MediaKind;
import dev.foyer.room.Moderation;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomCommand;
import java.time.Duration;

/** Reads {@code moderate}. */
final class CallModeration {
    private static final int MAX_REASON = 256;
    private static final long MAX_BAN_MILLIS = Duration.ofDays(30).toMillis();
    private static final long BAN_MILLIS = Duration.ofHours(1).toMillis();

    private CallModeration() {}

    static RoomCommand.Moderate read(Fields message) {
        String peerId = message.text("peerId", CallRequests.MAX_ID);
        MediaKind kind = message.optionalWord("kind", MediaKind.class);
        ParticipantRole role = RoleWords.read(message, "role", ParticipantRole.PARTICIPANT);
        Long millis = message.optionalInteger("durationMs", 1, MAX_BAN_MILLIS);
        String reason = message.optionalText("reason", MAX_REASON);
        Moderation action = switch (message.text("action", CallRequests.MAX_ID)) {
            case "mute" -> new Moderation.Mute(kind);
            case "unmute" -> new Moderation.Unmute(kind);
            case "stopVideo" -> new Moderation.StopVideo();
            case "kick" -> new Moderation.Kick(reason);
            case "ban" -> new Moderation.Ban(Duration.ofMillis(millis == null ? BAN_MILLIS : millis), reason);
            case "setRole" -> {
                if (message.isNull("role")) {
                    throw Fields.invalid("role", "a known role");
                }
                yield new Moderation.SetRole(role);
            }
            default -> throw Fields.invalid("action", "mute, unmute, stopVideo, kick, ban or setRole");
        };
        return new RoomCommand.Moderate(peerId, action);
    }
}
