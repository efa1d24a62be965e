package dev.foyer.browser;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * A client of seed 000 on libwebrtc, which refuses an offer while its own is outstanding: the seed's calls in its order,
 * with its delays and its omissions. What happens to it happens on its own thread, as on a Dart isolate's.
 */
final class NativePeer implements AutoCloseable {
    private static final long OFFER_DELAY_MS = 500;
    private static final long CAMERA_DELAY_MS = 300;
    private static final long STATS_SECONDS = 10;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final PeerConnectionFactory factory;
    private final GreyCamera camera;
    private final Socket socket;
    private final String user;

    private final Map<String, RTCPeerConnection> peerConnections = new HashMap<>();
    private final Set<String> connectedPeers = new HashSet<>();
    private final Map<String, List<RTCIceCandidate>> candidateBuffers = new HashMap<>();
    private final Set<String> remoteDescribed = new HashSet<>();
    private final List<RTCPeerConnection> made = new ArrayList<>();
    private @Nullable VideoTrack localVideo;

    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Map<String, GreyCamera.Screen> screens = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    /** Connects and joins. The camera opens a moment after the room was joined. */
    NativePeer(PeerConnectionFactory factory, String server, String room, String user, GreyCamera camera) {
        this.factory = factory;
        this.camera = camera;
        this.user = user;
        socket = IO.socket(
                URI.create(server + "/signaling"),
                IO.Options.builder()
                        .setForceNew(true)
                        .setReconnection(false)
                        .setTransports(new String[] {"websocket", "polling"})
                        .build());
        on("connect", _ -> socket.emit("join-room", json("roomId", room, "userId", user, "role", "speaker")));
        on("room-joined", this::roomJoined);
        on("peer-joined", message -> meet(message.getString("peerId"), message.getString("userId")));
        on("peer-left", message -> cleanUp(message.getString("peerId")));
        on("offer", this::handleOffer);
        on("answer", this::handleAnswer);
        on("ice-candidate", this::handleCandidate);
        on("error", message -> faults.add("told of an error: " + message));
        socket.connect();
    }

    private void on(String event, Consumer<JsonObject> handler) {
        socket.on(event, arguments -> {
            JsonObject message = arguments.length > 0 && arguments[0] instanceof JSONObject json
                    ? new JsonObject(json.toString())
                    : new JsonObject();
            loop.execute(() -> handler.accept(message));
        });
    }

    private void roomJoined(JsonObject message) {
        later(CAMERA_DELAY_MS, () -> localVideo = factory.createVideoTrack("video-" + user, camera.source()));
        // The seed waits for each in turn; nothing here depends on it.
        for (Object participant : message.getJsonArray("participants", new JsonArray())) {
            JsonObject peer = (JsonObject) participant;
            meet(peer.getString("socketId"), peer.getString("userId"));
        }
    }

    private void meet(String peerId, String userId) {
        if (peerId.equals(socket.id()) || !connectedPeers.add(peerId)) {
            return;
        }
        users.put(peerId, userId);
        createPeerConnection(peerId);
        later(OFFER_DELAY_MS, () -> sendOffer(peerId));
    }

    private void later(long millis, Runnable action) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, loop).execute(action);
    }

    private RTCPeerConnection createPeerConnection(String peerId) {
        RTCPeerConnection existing = peerConnections.get(peerId);
        if (existing != null) {
            return existing;
        }
        RTCPeerConnection connection =
                factory.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
                    @Override
                    public void onIceCandidate(RTCIceCandidate candidate) {
                        JSONObject toMap = json(
                                "candidate",
                                candidate.sdp,
                                "sdpMid",
                                candidate.sdpMid,
                                "sdpMLineIndex",
                                candidate.sdpMLineIndex);
                        socket.emit("ice-candidate", json("to", peerId, "from", socket.id(), "candidate", toMap));
                    }

                    @Override
                    public void onTrack(RTCRtpTransceiver transceiver) {
                        if (transceiver.getReceiver().getTrack() instanceof VideoTrack track) {
                            GreyCamera.Screen screen = new GreyCamera.Screen();
                            track.addSink(screen);
                            screens.put(peerId, screen);
                        }
                    }
                });
        peerConnections.put(peerId, connection);
        made.add(connection);
        if (localVideo != null) {
            connection.addTrack(localVideo, List.of("stream-" + user));
        }
        return connection;
    }

    private void sendOffer(String peerId) {
        RTCPeerConnection connection = peerConnections.get(peerId);
        if (connection == null) {
            return;
        }
        CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
        connection.createOffer(new RTCOfferOptions(), new Created(created));
        then(created, "offer to " + peerId, offer -> setLocal(connection, peerId, "offer", offer));
    }

    private void handleOffer(JsonObject message) {
        String from = message.getString("from");
        RTCPeerConnection connection = createPeerConnection(from);
        CompletableFuture<Boolean> set = new CompletableFuture<>();
        connection.setRemoteDescription(
                new RTCSessionDescription(RTCSdpType.OFFER, message.getString("sdp")), new Applied(set));
        then(set, "offer of " + from, _ -> {
            remoteDescribed.add(from);
            CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
            connection.createAnswer(new RTCAnswerOptions(), new Created(created));
            then(created, "answer to " + from, answer -> setLocal(connection, from, "answer", answer));
        });
    }

    private void setLocal(
            RTCPeerConnection connection, String peerId, String event, RTCSessionDescription description) {
        CompletableFuture<Boolean> set = new CompletableFuture<>();
        connection.setLocalDescription(description, new Applied(set));
        then(
                set,
                "own " + event + " for " + peerId,
                _ -> socket.emit(
                        event,
                        json(
                                "sdp",
                                description.sdp,
                                "type",
                                description.sdpType.name().toLowerCase(Locale.ROOT),
                                "to",
                                peerId,
                                "from",
                                socket.id())));
    }

    private void handleAnswer(JsonObject message) {
        String from = message.getString("from");
        RTCPeerConnection connection = peerConnections.get(from);
        if (connection == null) {
            return;
        }
        CompletableFuture<Boolean> set = new CompletableFuture<>();
        connection.setRemoteDescription(
                new RTCSessionDescription(RTCSdpType.ANSWER, message.getString("sdp")), new Applied(set));
        then(set, "answer of " + from, _ -> {
            remoteDescribed.add(from);
            List<RTCIceCandidate> buffered = candidateBuffers.remove(from);
            if (buffered != null) {
                buffered.forEach(connection::addIceCandidate);
            }
        });
    }

    /** Drops what comes before its offer and, as answerer, never flushes what it kept: as the seed does. */
    private void handleCandidate(JsonObject message) {
        String from = message.getString("from");
        RTCPeerConnection connection = peerConnections.get(from);
        if (connection == null) {
            return;
        }
        JsonObject map = message.getJsonObject("candidate");
        RTCIceCandidate candidate = new RTCIceCandidate(
                map.getString("sdpMid"), map.getInteger("sdpMLineIndex"), map.getString("candidate"));
        if (remoteDescribed.contains(from)) {
            connection.addIceCandidate(candidate);
        } else {
            candidateBuffers.computeIfAbsent(from, _ -> new ArrayList<>()).add(candidate);
        }
    }

    private void cleanUp(String peerId) {
        // libwebrtc is done with a connection only when it is closed; the object itself stays until the test ends.
        RTCPeerConnection connection = peerConnections.remove(peerId);
        if (connection != null) {
            connection.close();
            made.remove(connection);
        }
        screens.remove(peerId);
        candidateBuffers.remove(peerId);
        remoteDescribed.remove(peerId);
        connectedPeers.remove(peerId);
        users.remove(peerId);
    }

    private <T> void then(CompletableFuture<T> step, String what, Consumer<T> next) {
        BiConsumer<@Nullable T, @Nullable Throwable> done = (value, failure) -> {
            if (failure != null) {
                faults.add(what + ": " + failure.getMessage());
            } else if (value != null) {
                next.accept(value);
            }
        };
        CompletableFuture<T> _ = step.whenCompleteAsync(done, loop);
    }

    String user() {
        return user;
    }

    /** The grey that is seen of a user now, and how many of its frames were; null before the first. */
    GreyCamera.@Nullable Screen screenOf(String otherUser) {
        return users.entrySet().stream()
                .filter(entry -> entry.getValue().equals(otherUser))
                .map(entry -> screens.get(entry.getKey()))
                .filter(screen -> screen != null)
                .findFirst()
                .orElse(null);
    }

    /** Bytes of video sent so far, by the id of the connection's other end; the connections that sent none included. */
    Map<String, Long> videoBytesSent() {
        return CompletableFuture.supplyAsync(() -> Map.copyOf(peerConnections), loop)
                .thenCompose(connections -> {
                    Map<String, Long> sent = new ConcurrentHashMap<>();
                    CompletableFuture<?>[] reports = connections.entrySet().stream()
                            .map(entry -> {
                                CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
                                entry.getValue().getStats(report::complete);
                                return report.thenAccept(told -> sent.put(entry.getKey(), videoBytesSent(told)));
                            })
                            .toArray(CompletableFuture[]::new);
                    return CompletableFuture.allOf(reports).thenApply(_ -> sent);
                })
                .orTimeout(STATS_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static long videoBytesSent(RTCStatsReport report) {
        return report.getStats().values().stream()
                .filter(stats -> stats.getType() == RTCStatsType.OUTBOUND_RTP
                        && "video".equals(stats.getAttributes().get("kind")))
                .mapToLong(stats -> ((Number) stats.getAttributes().getOrDefault("bytesSent", 0)).longValue())
                .sum();
    }

    /** Every description that libwebrtc refused and every error that the user was told. */
    List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        socket.close();
        loop.execute(() -> List.copyOf(made).forEach(RTCPeerConnection::close));
        loop.close();
    }

    private static JSONObject json(Object... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new JSONObject(fields);
    }

    private record Created(CompletableFuture<RTCSessionDescription> result)
            implements CreateSessionDescriptionObserver {
        @Override
        public void onSuccess(RTCSessionDescription description) {
            result.complete(description);
        }

        @Override
        public void onFailure(String error) {
            result.completeExceptionally(new IllegalStateException(error));
        }
    }

    private record Applied(CompletableFuture<Boolean> result) implements SetSessionDescriptionObserver {
        @Override
        public void onSuccess() {
            result.complete(true);
        }

        @Override
        public void onFailure(String error) {
            result.completeExceptionally(new IllegalStateException(error));
        }
    }
}
