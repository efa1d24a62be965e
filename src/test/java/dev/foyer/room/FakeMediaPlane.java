package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.IceCandidate;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.ortc.TransportParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A media plane without media, which answers at once and does what a test says. */
public final class FakeMediaPlane implements MediaPlane {
    public final List<Session> sessions = new ArrayList<>();
    public boolean available = true;
    /** With what every offer is refused, null for with nothing. */
    public @Nullable MediaError refusal;
    /** Where ICE restarts wait for the test to answer them, null for nowhere. */
    public volatile @Nullable BlockingQueue<CompletableFuture<IceParameters>> restarts;

    @Override
    public RtpCapabilities rtpCapabilities() {
        return capabilities();
    }

    public static RtpCapabilities capabilities() {
        return new RtpCapabilities(
                List.of(new RtpCodecCapability(
                        MediaKind.VIDEO,
                        "video/VP8",
                        100,
                        90000,
                        null,
                        Map.of(),
                        List.of(new RtcpFeedback("nack", "pli")))),
                List.of());
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public CompletionStage<MediaSession> open(String roomId, MediaListener listener) {
        if (!available) {
            return CompletableFuture.failedStage(new MediaException(MediaError.CLOSED, "no worker"));
        }
        Session session = new Session(sessions.size(), listener);
        sessions.add(session);
        return CompletableFuture.completedStage(session);
    }

    public Session session() {
        return sessions.getLast();
    }

    /** A session that keeps books. */
    public final class Session implements MediaSession {
        /** What arrives of producers, for {@link #bitrates}. */
        public final Map<String, Long> bitrates = new ConcurrentHashMap<>();

        public final MediaListener listener;
        public final Set<String> transports = new LinkedHashSet<>();
        /** The connections that are not closed. */
        public final Map<String, FakeConnection> connections = new LinkedHashMap<>();

        public final Map<String, String> producers = new LinkedHashMap<>();
        public final Set<String> pausedProducers = new LinkedHashSet<>();
        public final Map<String, String> consumers = new LinkedHashMap<>();
        public final List<String> calls = new ArrayList<>();
        public boolean closed;
        public boolean hanging;

        /** Whether the clients of connections reach the server as soon as these are negotiated. */
        public boolean connectsAtOnce = true;

        private final int number;
        private int ids;

        private Session(int number, MediaListener listener) {
            this.number = number;
            this.listener = listener;
        }

        public void connect(String transportId) {
            listener.transportState(transportId, TransportState.CONNECTED);
        }

        public void lose() {
            closed = true;
            listener.sessionLost("test");
        }

        private String id(String kind) {
            return kind + number + "-" + ++ids;
        }

        private <T> CompletionStage<T> answer(T value) {
            return hanging ? new CompletableFuture<>() : CompletableFuture.completedStage(value);
        }

        private CompletionStage<Void> done(String call) {
            calls.add(call);
            return answer(null);
        }

        @Override
        public CompletionStage<TransportParameters> createTransport(TransportDirection direction) {
            String id = id("transport");
            transports.add(id);
            return answer(new TransportParameters(
                    id,
                    new IceParameters("ufrag", "a password of no use", true),
                    List.of(new IceCandidate("1", 1, "127.0.0.1", "127.0.0.1", "udp", 40000, "host", null)),
                    new DtlsParameters(DtlsRole.AUTO, List.of(new DtlsFingerprint("sha-256", "AA")))));
        }

        @Override
        public CompletionStage<Void> connectTransport(String transportId, DtlsParameters remote) {
            return done("connectTransport " + transportId);
        }

        @Override
        public CompletionStage<IceParameters> restartIce(String transportId) {
            BlockingQueue<CompletableFuture<IceParameters>> waiting = restarts;
            if (waiting == null) {
                return answer(new IceParameters("ufrag2", "another password", true));
            }
            CompletableFuture<IceParameters> restart = new CompletableFuture<>();
            waiting.add(restart);
            return restart;
        }

        @Override
        public CompletionStage<String> createConnection(String streamId) {
            String id = id("connection");
            transports.add(id);
            connections.put(id, new FakeConnection(id, streamId, this));
            return answer(id);
        }

        @Override
        public CompletionStage<NegotiatedConnection> answer(String connectionId, String offer, ConnectionPlan plan) {
            return negotiate("answer", connectionId, connection -> connection.answer(offer, plan));
        }

        @Override
        public CompletionStage<NegotiatedConnection> offer(String connectionId, ConnectionPlan plan) {
            return negotiate("offer", connectionId, connection -> connection.offer(plan));
        }

        @Override
        public CompletionStage<NegotiatedConnection> accept(String connectionId, String answer) {
            return negotiate("accept", connectionId, connection -> connection.accept(answer));
        }

        @Override
        public CompletionStage<Void> rollback(String connectionId) {
            FakeConnection connection = connections.get(connectionId);
            if (connection != null) {
                connection.rollback();
            }
            return done("rollback " + connectionId);
        }

        @Override
        public CompletionStage<NegotiatedConnection> apply(String connectionId, ConnectionPlan plan) {
            return negotiate("apply", connectionId, connection -> connection.apply(plan));
        }

        private CompletionStage<NegotiatedConnection> negotiate(
                String call, String connectionId, Function<FakeConnection, NegotiatedConnection> step) {
            calls.add(call + " " + connectionId);
            FakeConnection connection = connections.get(connectionId);
            if (connection == null) {
                return CompletableFuture.failedStage(
                        new MediaException(MediaError.TRANSPORT_NOT_FOUND, "no connection"));
            }
            if (refusal != null) {
                return CompletableFuture.failedStage(new MediaException(refusal, "as the test says"));
            }
            try {
                NegotiatedConnection result = step.apply(connection);
                if (connectsAtOnce && (call.equals("answer") || call.equals("accept"))) {
                    connect(connectionId);
                }
                return answer(result);
            } catch (MediaException refusal) {
                return CompletableFuture.failedStage(refusal);
            }
        }

        String addProducer(String transportId) {
            String id = id("producer");
            producers.put(id, transportId);
            return id;
        }

        @Override
        public CompletionStage<Void> closeTransport(String transportId) {
            transports.remove(transportId);
            FakeConnection connection = connections.remove(transportId);
            if (connection != null) {
                connection.close();
            }
            return done("closeTransport " + transportId);
        }

        @Override
        public CompletionStage<String> produce(
                String transportId, MediaKind kind, RtpParameters rtpParameters, boolean paused) {
            String id = id("producer");
            producers.put(id, transportId);
            if (paused) {
                pausedProducers.add(id);
            }
            return answer(id);
        }

        @Override
        public CompletionStage<Void> pauseProducer(String producerId) {
            pausedProducers.add(producerId);
            return done("pauseProducer " + producerId);
        }

        @Override
        public CompletionStage<Void> resumeProducer(String producerId) {
            pausedProducers.remove(producerId);
            return done("resumeProducer " + producerId);
        }

        @Override
        public CompletionStage<Void> closeProducer(String producerId) {
            producers.remove(producerId);
            return done("closeProducer " + producerId);
        }

        @Override
        public CompletionStage<Boolean> canConsume(String producerId, RtpCapabilities rtpCapabilities) {
            return answer(true);
        }

        @Override
        public CompletionStage<ConsumerParameters> consume(
                String transportId, String producerId, RtpCapabilities rtpCapabilities, boolean paused) {
            if (rtpCapabilities.codecs().isEmpty()) {
                return CompletableFuture.failedStage(new MediaException(MediaError.CANNOT_CONSUME, "no codec"));
            }
            String id = id("consumer");
            consumers.put(id, producerId);
            calls.add("consume " + id + (paused ? " paused" : ""));
            return answer(new ConsumerParameters(
                    id,
                    producerId,
                    MediaKind.VIDEO,
                    new RtpParameters("0", List.of(), List.of(), List.of(), new RtcpParameters("c", true)),
                    ConsumerType.SIMPLE,
                    false));
        }

        @Override
        public CompletionStage<Void> pauseConsumer(String consumerId) {
            return done("pauseConsumer " + consumerId);
        }

        @Override
        public CompletionStage<Void> resumeConsumer(String consumerId) {
            return done("resumeConsumer " + consumerId);
        }

        @Override
        public CompletionStage<Void> closeConsumer(String consumerId) {
            consumers.remove(consumerId);
            return done("closeConsumer " + consumerId);
        }

        @Override
        public CompletionStage<Void> setPreferredLayers(String consumerId, int spatialLayer, int temporalLayer) {
            return done("setPreferredLayers " + consumerId + " " + spatialLayer + " " + temporalLayer);
        }

        @Override
        public CompletionStage<Void> setPriority(String consumerId, int priority) {
            return done("setPriority " + consumerId + " " + priority);
        }

        @Override
        public CompletionStage<Void> requestKeyFrame(String consumerId) {
            return done("requestKeyFrame " + consumerId);
        }

        @Override
        public CompletionStage<List<Map<String, Object>>> stats(String id) {
            return answer(List.of(Map.of("id", id, "type", "test", "timestamp", 1L)));
        }

        @Override
        public CompletionStage<Map<String, Long>> bitrates() {
            return answer(Map.copyOf(bitrates));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
