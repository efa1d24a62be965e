package dev.foyer.media;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.MediaError;
import dev.foyer.room.MediaException;
import dev.foyer.room.MediaListener;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.sfu.RefusedException;
import dev.foyer.sfu.Router;
import dev.foyer.sfu.RouterSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router behind its verticle's event loop: each request is a task there, in the order of the calls. */
final class VertxMediaSession implements MediaSession {
    private static final Logger LOG = LoggerFactory.getLogger(VertxMediaSession.class);

    private static final Object DONE = new Object();

    private final SfuVerticle verticle;
    private final Consumer<VertxMediaSession> onClosed;
    private final ListenerBridge bridge;
    private @Nullable Router router;

    private VertxMediaSession(SfuVerticle verticle, MediaListener listener, Consumer<VertxMediaSession> onClosed) {
        this.verticle = verticle;
        this.onClosed = onClosed;
        this.bridge = new ListenerBridge(listener);
    }

    /** On the verticle's loop. */
    static VertxMediaSession open(
            SfuVerticle verticle,
            RouterSettings settings,
            MediaListener listener,
            Consumer<VertxMediaSession> onClosed) {
        VertxMediaSession session = new VertxMediaSession(verticle, listener, onClosed);
        session.router = verticle.openRouter(settings, session.bridge);
        return session;
    }

    @Override
    public CompletionStage<TransportParameters> createTransport(TransportDirection direction) {
        return ask(Router::createTransport);
    }

    @Override
    public CompletionStage<Void> connectTransport(String transportId, DtlsParameters remote) {
        return tell(r -> r.connectTransport(transportId, remote));
    }

    @Override
    public CompletionStage<IceParameters> restartIce(String transportId) {
        return ask(r -> r.restartIce(transportId));
    }

    @Override
    public CompletionStage<String> createConnection(String streamId) {
        return ask(r -> r.createConnection(streamId));
    }

    @Override
    public CompletionStage<NegotiatedConnection> answer(String connectionId, String offer, ConnectionPlan plan) {
        return ask(r -> r.connection(connectionId).answer(offer, plan));
    }

    @Override
    public CompletionStage<NegotiatedConnection> offer(String connectionId, ConnectionPlan plan) {
        return ask(r -> r.connection(connectionId).offer(plan));
    }

    @Override
    public CompletionStage<NegotiatedConnection> accept(String connectionId, String answer) {
        return ask(r -> r.connection(connectionId).accept(answer));
    }

    @Override
    public CompletionStage<Void> rollback(String connectionId) {
        return tell(r -> r.connection(connectionId).rollback());
    }

    @Override
    public CompletionStage<NegotiatedConnection> apply(String connectionId, ConnectionPlan plan) {
        return ask(r -> r.connection(connectionId).apply(plan));
    }

    @Override
    public CompletionStage<Void> closeTransport(String transportId) {
        return tell(r -> r.closeTransport(transportId));
    }

    @Override
    public CompletionStage<String> produce(
            String transportId, MediaKind kind, RtpParameters rtpParameters, boolean paused) {
        return ask(r -> r.produce(transportId, kind, rtpParameters, paused));
    }

    @Override
    public CompletionStage<Void> pauseProducer(String producerId) {
        return tell(r -> r.pauseProducer(producerId));
    }

    @Override
    public CompletionStage<Void> resumeProducer(String producerId) {
        return tell(r -> r.resumeProducer(producerId));
    }

    @Override
    public CompletionStage<Void> closeProducer(String producerId) {
        return tell(r -> r.closeProducer(producerId));
    }

    @Override
    public CompletionStage<Boolean> canConsume(String producerId, RtpCapabilities rtpCapabilities) {
        return ask(r -> r.canConsume(producerId, rtpCapabilities));
    }

    @Override
    public CompletionStage<ConsumerParameters> consume(
            String transportId, String producerId, RtpCapabilities rtpCapabilities, boolean paused) {
        return ask(r -> r.consume(transportId, producerId, rtpCapabilities, paused));
    }

    @Override
    public CompletionStage<Void> pauseConsumer(String consumerId) {
        return tell(r -> r.pauseConsumer(consumerId));
    }

    @Override
    public CompletionStage<Void> resumeConsumer(String consumerId) {
        return tell(r -> r.resumeConsumer(consumerId));
    }

    @Override
    public CompletionStage<Void> closeConsumer(String consumerId) {
        return tell(r -> r.closeConsumer(consumerId));
    }

    @Override
    public CompletionStage<Void> setPreferredLayers(String consumerId, int spatialLayer, int temporalLayer) {
        return tell(r -> r.setPreferredLayers(consumerId, spatialLayer, temporalLayer));
    }

    @Override
    public CompletionStage<Void> setPriority(String consumerId, int priority) {
        return tell(r -> r.setPriority(consumerId, priority));
    }

    @Override
    public CompletionStage<Void> requestKeyFrame(String consumerId) {
        return tell(r -> r.requestKeyFrame(consumerId));
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> stats(String id) {
        return ask(r -> r.stats(id));
    }

    @Override
    public CompletionStage<Map<String, Long>> bitrates() {
        return ask(Router::bitrates);
    }

    @Override
    public void close() {
        try {
            verticle.execute(this::closeOnLoop);
        } catch (RejectedExecutionException _) {
            // The loop is gone, and the session with it.
        }
    }

    private void closeOnLoop() {
        Router open = router;
        router = null;
        if (open != null) {
            open.close();
            verticle.publishLoad();
            onClosed.accept(this);
        }
    }

    /** The verticle failed: closes the router and tells the listener. On the loop. */
    void lose(String reason) {
        Router open = router;
        router = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.error("closing a router of a failed SFU worker", e);
            }
            bridge.sessionLost(reason);
        }
    }

    private CompletionStage<Void> tell(Consumer<Router> request) {
        return ask(r -> {
                    request.accept(r);
                    return DONE;
                })
                .thenApply(_ -> null);
    }

    private <T> CompletionStage<T> ask(Function<Router, T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            verticle.execute(() -> carryOut(request, answer));
        } catch (RejectedExecutionException _) {
            answer.completeExceptionally(closed());
        }
        return answer;
    }

    private <T> void carryOut(Function<Router, T> request, CompletableFuture<T> answer) {
        Router open = router;
        if (open == null) {
            answer.completeExceptionally(closed());
            return;
        }
        T result;
        try {
            result = request.apply(open);
        } catch (RuntimeException e) {
            if (!(e instanceof RefusedException)) {
                LOG.error("an SFU request failed", e);
            }
            answer.completeExceptionally(translated(e));
            return;
        }
        verticle.publishLoad();
        answer.complete(result);
    }

    /** A refusal in the rooms' words; anything else as it is. */
    static RuntimeException translated(RuntimeException failure) {
        if (!(failure instanceof RefusedException refused)) {
            return failure;
        }
        MediaError error = switch (refused.reason()) {
            case TRANSPORT_NOT_FOUND -> MediaError.TRANSPORT_NOT_FOUND;
            case PRODUCER_NOT_FOUND -> MediaError.PRODUCER_NOT_FOUND;
            case CONSUMER_NOT_FOUND -> MediaError.CONSUMER_NOT_FOUND;
            case CANNOT_CONSUME -> MediaError.CANNOT_CONSUME;
            case INVALID_PARAMETERS -> MediaError.INVALID_PARAMETERS;
            case NOT_ACCEPTABLE -> MediaError.NOT_ACCEPTABLE;
            case LIMIT_REACHED -> MediaError.LIMIT_REACHED;
            case CLOSED -> MediaError.CLOSED;
        };
        return new MediaException(error, String.valueOf(refused.getMessage()));
    }

    private static MediaException closed() {
        return new MediaException(MediaError.CLOSED, "The media session is closed");
    }
}
