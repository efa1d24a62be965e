package dev.foyer.webhook;

import dev.foyer.room.Dialect;
import dev.foyer.room.Peer;
import dev.foyer.room.RoomView;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events as the letters that tell of them. */
final class RoomNews {
    static final String ROOM_OPENED = "room.opened";
    static final String ROOM_CLOSED = "room.closed";
    static final String PARTICIPANT_JOINED = "participant.joined";
    static final String PARTICIPANT_LEFT = "participant.left";

    private RoomNews() {}

    /** An event in the form {@link WebhookForm#EVENTS}. */
    static Letter event(String id, Instant at, String type, JsonObject data) {
        JsonObject body = new JsonObject()
                .put("id", id)
                .put("type", type)
                .put("createdAt", at.toString())
                .put("data", data);
        return new Letter(id, at.toEpochMilli(), "", body.encode());
    }

    /**
     * The opening of a room in the form {@link WebhookForm#CALL_ROOM}; null for a room whose id cannot be a part of a path:
     * dots are resolved on the way, however they are written.
     */
    static @Nullable Letter callRoom(String id, Instant at, RoomView room) {
        if (room.id().equals(".") || room.id().equals("..")) {
            return null;
        }
        String call = URLEncoder.encode(room.id(), StandardCharsets.UTF_8).replace("+", "%20");
        String body = new JsonObject().put("webrtcRoomId", room.id()).encode();
        return new Letter(id, at.toEpochMilli(), "/calls/" + call + "/setWebRtcRoomId", body);
    }

    static JsonObject about(RoomView room) {
        Duration kept = room.keptEmpty();
        return new JsonObject()
                .put(
                        "room",
                        new JsonObject()
                                .put("id", room.id())
                                .put("type", room.type().toString())
                                .put("metadata", new JsonObject(room.metadata()))
                                .put("maxParticipants", room.maxParticipants())
                                .put("keptEmptySeconds", kept == null ? null : kept.toSeconds())
                                .put("createdBy", room.createdBy())
                                .put("createdAt", time(room.createdAtMillis())));
    }

    static JsonObject about(RoomView room, Peer peer, Dialect dialect) {
        return about(room)
                .put(
                        "participant",
                        new JsonObject()
                                .put("id", peer.peerId())
                                .put("userId", peer.userId())
                                .put("role", peer.role().toString())
                                .put("displayName", peer.displayName())
                                .put("protocol", dialect.toString())
                                .put("joinedAt", time(peer.joinedAtMillis())));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
