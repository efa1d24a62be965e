package dev.foyer.dialect.call;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.JsonWriter;
import dev.foyer.dialect.RoleWords;
import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.room.AnnouncedProducer;
import dev.foyer.room.Invitation;
import dev.foyer.room.Peer;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Room replies as the {@code data} of acknowledgements. */
final class CallReplies {
    private CallReplies() {}

    static Map<String, @Nullable Object> success(Map<String, ? extends @Nullable Object> data) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("success", true);
        reply.put("data", data);
        return reply;
    }

    static Map<String, Object> created(RoomReply.Created created) {
        return Map.of("callId", created.room().id(), "rtpCapabilities", JsonWriter.object(created.rtpCapabilities()));
    }

    static Map<String, Object> joined(RoomReply.Joined joined) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("peerId", joined.peerId());
        data.put(
                "peers",
                joined.peers().stream()
                        .map(seen -> peer(seen.peer(), seen.polite()))
                        .toList());
        data.put("mode", joined.topology().mode());
        data.put("epoch", joined.topology().epoch());
        data.put("reason", joined.topology().reason());
        data.put("committed", joined.topology().committed());
        data.put("room", room(joined.room()));
        data.put(
                "iceServers",
                joined.iceServers().stream().map(JsonWriter::object).toList());
        data.put("rtpCapabilities", JsonWriter.object(joined.rtpCapabilities()));
        data.put("producers", list(joined.producers()));
        if (joined.playback() != null) {
            data.put("playback", JsonWriter.object(joined.playback()));
        }
        if (joined.invitation() != null) {
            data.put("invitation", joined.invitation().secret());
        }
        if (joined.house() != null) {
            data.put("house", JsonWriter.object(joined.house()));
        }
        return data;
    }

    private static Map<String, Object> room(RoomView room) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", room.id());
        json.put("type", room.type().toString());
        json.put("metadata", room.metadata());
        json.put("maxParticipants", room.maxParticipants());
        return json;
    }

    static Map<String, @Nullable Object> transportCreated(RoomReply.TransportCreated created) {
        return JsonWriter.object(created.parameters());
    }

    static Map<String, Object> iceRestarted(RoomReply.IceRestarted restarted) {
        return Map.of("iceParameters", JsonWriter.object(restarted.iceParameters()));
    }

    static Map<String, Object> produced(RoomReply.Produced produced) {
        return Map.of("producerId", produced.producerId(), "id", produced.producerId());
    }

    static Map<String, @Nullable Object> consumed(RoomReply.Consumed consumed) {
        ConsumerParameters parameters = consumed.parameters();
        Map<String, @Nullable Object> data = JsonWriter.object(parameters);
        data.put("consumerId", parameters.id());
        data.put("peerId", consumed.peerId());
        data.put("appData", consumed.appData());
        return data;
    }

    static Map<String, Object> producers(RoomReply.Producers producers) {
        return Map.of("producers", list(producers.producers()));
    }

    static Map<String, @Nullable Object> corrected(RoomReply.Corrected corrected) {
        return JsonWriter.object(corrected);
    }

    static Map<String, Object> invited(RoomReply.Invited invited) {
        Invitation invitation = invited.invitation();
        return Map.of(
                "invitation", invitation.secret(), "uses", invitation.uses(), "expiresAt", invitation.expiresAt());
    }

    static Map<String, Object> stats(RoomReply.Stats stats) {
        return Map.of("stats", stats.stats());
    }

    static Map<String, Object> renewed(Identity identity) {
        return identity.expiresAt() == null
                ? Map.of()
                : Map.of("expiresAt", identity.expiresAt().toEpochMilli());
    }

    /** A participant in this dialect's words. */
    static Map<String, Object> peer(Peer peer, boolean polite) {
        Map<String, Object> json = peer(peer);
        json.put("polite", polite);
        return json;
    }

    static Map<String, Object> peer(Peer peer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peerId", peer.peerId());
        json.put("userId", peer.userId());
        json.put("role", RoleWords.stage(peer.role()));
        if (peer.displayName() != null) {
            json.put("displayName", peer.displayName());
        }
        if (peer.mediaState() != null) {
            json.put("mediaState", peer.mediaState());
        }
        return json;
    }

    /** A producer as others learn of it; what its owner said about it passes as it came. */
    static Map<String, Object> producer(AnnouncedProducer producer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("producerId", producer.producerId());
        json.put("peerId", producer.peerId());
        json.put("userId", producer.userId());
        json.put("kind", producer.kind());
        json.put("appData", producer.appData());
        json.put("paused", producer.paused());
        return json;
    }

    private static List<Map<String, Object>> list(List<AnnouncedProducer> producers) {
        return producers.stream().map(CallReplies::producer).toList();
    }
}
