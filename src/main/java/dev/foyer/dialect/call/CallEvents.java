package dev.foyer.dialect.call;

import dev.foyer.dialect.JsonWriter;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.Topology;
import dev.foyer.socketio.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Room events as messages to a client. */
final class CallEvents {
    private CallEvents() {}

    static void send(Socket socket, RoomEvent event) {
        switch (event) {
            case RoomEvent.PeerJoined e -> socket.emit("peerJoined", CallReplies.peer(e.peer(), e.polite()));
            case RoomEvent.PeerUpdated e -> socket.emit("peerUpdated", CallReplies.peer(e.peer()));
            case RoomEvent.ScreenShared e -> socket.emit("peerUpdated", CallReplies.peer(e.peer()));
            case RoomEvent.ModeChanged e -> socket.emit("modeChanged", modeChanged(e));
            case RoomEvent.Signaled e -> socket.emit("signal", signal(e));
            case RoomEvent.NewProducer e -> socket.emit("newProducer", CallReplies.producer(e.producer()));
            case RoomEvent.ChatMessage e -> socket.emit("chat", JsonWriter.object(e));
            case RoomEvent.PlaybackChanged e -> socket.emit("playback", JsonWriter.object(e.playback()));
            case RoomEvent.Removed e -> socket.emit("error", removed(e));
            case RoomEvent.AudioLevels e ->
                // Worthless when late, and many.
                socket.emitVolatile(
                        "audioLevels",
                        e.levels().stream().map(JsonWriter::object).toList());
            case RoomEvent.PeerLeft e ->
                socket.emit(
                        "peerLeft",
                        Map.of("peerId", e.peer().peerId(), "userId", e.peer().userId()));
            case RoomEvent.ModeCommitted e -> socket.emit("modeCommitted", JsonWriter.object(e));
            case RoomEvent.ProducerPaused e -> socket.emit("producerPaused", JsonWriter.object(e));
            case RoomEvent.ProducerResumed e -> socket.emit("producerResumed", JsonWriter.object(e));
            case RoomEvent.ProducerClosed e -> socket.emit("producerClosed", JsonWriter.object(e));
            case RoomEvent.ConsumerPaused e -> socket.emit("consumerPaused", JsonWriter.object(e));
            case RoomEvent.ConsumerResumed e -> socket.emit("consumerResumed", JsonWriter.object(e));
            case RoomEvent.ConsumerClosed e -> socket.emit("consumerClosed", JsonWriter.object(e));
            case RoomEvent.LayersChanged e -> socket.emit("layersChanged", JsonWriter.object(e));
            case RoomEvent.ActiveSpeaker e -> socket.emit("activeSpeaker", JsonWriter.object(e));
            case RoomEvent.HandRaised e -> socket.emit("raiseHand", JsonWriter.object(e));
            case RoomEvent.StageInvitation e -> socket.emit("stageInvitation", JsonWriter.object(e));
            case RoomEvent.StageDeclined e -> socket.emit("stageDeclined", JsonWriter.object(e));
            case RoomEvent.HouseChanged e -> socket.emit("house", JsonWriter.object(e));
            case RoomEvent.RoomClosed e -> socket.emit("roomClosed", JsonWriter.object(e));
            case RoomEvent.Negotiated _ -> {
                // Only plain clients negotiate so, and this dialect has none.
            }
            case RoomEvent.PeerMuted e -> socket.emit("peerMuted", JsonWriter.object(e));
            case RoomEvent.RoleChanged e -> socket.emit("roleChanged", roleChanged(e));
            case RoomEvent.RoomUpdated e -> socket.emit("roomUpdated", JsonWriter.object(e));
            case RoomEvent.LobbyEntered e -> socket.emit("lobbyEntered", JsonWriter.object(e));
            case RoomEvent.LobbyLeft e -> socket.emit("lobbyLeft", JsonWriter.object(e));
            case RoomEvent.Admitted e -> socket.emit("admitted", Map.of("callId", e.roomId()));
            case RoomEvent.Denied e -> socket.emit("denied", Map.of("callId", e.roomId()));
            case RoomEvent.Moved e -> socket.emit("moved", JsonWriter.object(e));
        }
    }

    private static Map<String, Object> modeChanged(RoomEvent.ModeChanged event) {
        Topology topology = event.topology();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mode", topology.mode());
        json.put("epoch", topology.epoch());
        json.put("reason", topology.reason());
        if (event.rtpCapabilities() != null) {
            json.put("rtpCapabilities", JsonWriter.object(event.rtpCapabilities()));
        }
        json.put(
                "iceServers",
                event.iceServers().stream().map(JsonWriter::object).toList());
        return json;
    }

    private static Map<String, @Nullable Object> signal(RoomEvent.Signaled event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(event.payload());
        json.put("from", event.from());
        json.put("epoch", event.epoch());
        return json;
    }

    private static Map<String, Object> roleChanged(RoomEvent.RoleChanged event) {
        Map<String, Object> json = CallReplies.peer(event.peer());
        if (event.by() != null) {
            json.put("by", event.by());
        }
        return json;
    }

    private static Map<String, Object> removed(RoomEvent.Removed event) {
        RoomErrorCode code = event.code();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("success", false);
        json.put("error", code.text());
        json.put("message", code.text());
        json.put("code", code.name());
        json.put("event", "joinRoom");
        if (event.reason() != null) {
            json.put("reason", event.reason());
        }
        return json;
    }
}
