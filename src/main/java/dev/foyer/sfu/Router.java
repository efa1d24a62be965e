package dev.foyer.sfu;

import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.sfu.negotiation.ConsumerNegotiation;
import dev.foyer.sfu.negotiation.NegotiationError;
import dev.foyer.sfu.negotiation.NegotiationException;
import dev.foyer.sfu.negotiation.ProducerNegotiation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transports whose producers and consumers can be connected with one another: one room on one worker. Belongs to its
 * worker's thread.
 *
 * <p>Requests are refused with {@link RefusedException}; a refused request has changed nothing.
 */
public final class Router {
    private final SfuEnvironment environment;
    private final RouterSettings settings;
    private final RouterListener listener;
    private final List<WebRtcTransport> ticking = new ArrayList<>();
    private final Map<String, WebRtcTransport> transports = new LinkedHashMap<>();
    private final Map<String, Producer> producers = new LinkedHashMap<>();
    private final Map<String, Consumer> consumers = new LinkedHashMap<>();
    private final AudioLevels audioLevels;
    private boolean closed;

    Router(SfuEnvironment environment, RouterSettings settings, RouterListener listener) {
        this.environment = environment;
        this.settings = settings;
        this.listener = listener;
        this.audioLevels = new AudioLevels(environment.now());
        environment.worker.addLoad(1);
    }

    /** Creates a transport that waits for the client's connectivity checks. */
    public TransportParameters createTransport() {
        checkOpen();
        checkLimit(transports.size(), settings.limits().transports(), "transports");
        WebRtcTransport transport = new WebRtcTransport(this, environment);
        transports.put(transport.id(), transport);
        ticking.add(transport);
        environment.worker.addLoad(1);
        return transport.parameters();
    }

    /** Gives a transport the client's certificate fingerprints and DTLS role. */
    public void connectTransport(String transportId, DtlsParameters remote) {
        transport(transportId).connect(remote);
    }

    /** Gives a transport new ICE credentials. */
    public IceParameters restartIce(String transportId) {
        return transport(transportId).restartIce();
    }

    /** Closes a transport with its producers and consumers, of which the listener is told. */
    public void closeTransport(String transportId) {
        remove(transport(transportId));
    }

    /**
     * Creates a producer.
     *
     * @return its id
     */
    public String produce(String transportId, MediaKind kind, RtpParameters rtpParameters, boolean paused) {
        WebRtcTransport transport = transport(transportId);
        checkLimit(producers.size(), settings.limits().producers(), "producers");
        ProducerNegotiation negotiated;
        try {
            negotiated = ProducerNegotiation.of(
                    kind,
                    rtpParameters,
                    settings.rtpCapabilities(),
                    transport.rtp().producerCname(),
                    environment.random);
        } catch (NegotiationException e) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, String.valueOf(e.getMessage()));
        }
        Producer producer = new Producer(environment, transport.rtp(), kind, negotiated, paused, audioLevels);
        transport.rtp().addProducer(producer);
        producers.put(producer.id(), producer);
        environment.worker.addLoad(1);
        return producer.id();
    }

    /** Stops forwarding from a producer. */
    public void pauseProducer(String producerId) {
        producer(producerId).pause(environment.now());
    }

    /** Forwards again; video starts with a key frame, which is asked for here. */
    public void resumeProducer(String producerId) {
        producer(producerId).resume(environment.now());
    }

    /** Closes a producer and its consumers, of which the listener is told. */
    public void closeProducer(String producerId) {
        remove(producer(producerId));
    }

    /** Whether a client with these capabilities can receive the producer; false for an unknown one. */
    public boolean canConsume(String producerId, RtpCapabilities rtpCapabilities) {
        Producer producer = producers.get(producerId);
        return producer != null && ConsumerNegotiation.canConsume(producer.consumable(), rtpCapabilities);
    }

    /** Creates a consumer. */
    public ConsumerParameters consume(
            String transportId, String producerId, RtpCapabilities rtpCapabilities, boolean paused) {
        WebRtcTransport transport = transport(transportId);
        Producer producer = producer(producerId);
        checkLimit(consumers.size(), settings.limits().consumers(), "consumers");
        RtpParameters parameters = consumerParameters(transport.rtp(), producer, rtpCapabilities);
        Consumer consumer =
                new Consumer(environment, transport.rtp(), producer, parameters, paused, this::layersChanged);
        transport.rtp().addConsumer(consumer);
        producer.addConsumer(consumer);
        consumers.put(consumer.id(), consumer);
        environment.worker.addLoad(1);
        consumer.start(environment.now());
        return new ConsumerParameters(
                consumer.id(), producer.id(), producer.kind(), parameters, producer.type(), producer.paused());
    }

    private RtpParameters consumerParameters(RtpSession session, Producer producer, RtpCapabilities capabilities) {
        try {
            while (true) {
                RtpParameters parameters = ConsumerNegotiation.consumer(
                        producer.consumable(),
                        capabilities,
                        producer.kind() == MediaKind.VIDEO,
                        session.nextMid(),
                        environment.random);
                if (session.areNew(parameters.encodings())) {
                    return parameters;
                }
            }
        } catch (NegotiationException e) {
            throw new RefusedException(
                    e.error() == NegotiationError.UNSUPPORTED
                            ? RefusalReason.CANNOT_CONSUME
                            : RefusalReason.INVALID_PARAMETERS,
                    String.valueOf(e.getMessage()));
        }
    }

    /** Stops sending to a consumer. */
    public void pauseConsumer(String consumerId) {
        consumer(consumerId).pause(environment.now());
    }

    /** Sends again; video restarts with a key frame, which is asked for here. */
    public void resumeConsumer(String consumerId) {
        consumer(consumerId).resume(environment.now());
    }

    /** Closes a consumer. */
    public void closeConsumer(String consumerId) {
        remove(consumer(consumerId));
    }

    /** Sets the layers to send at most; one that does not exist means the nearest below. */
    public void setPreferredLayers(String consumerId, int spatialLayer, int temporalLayer) {
        consumer(consumerId).setPreferredLayers(spatialLayer, temporalLayer, environment.now());
    }

    /**
     * Sets a consumer's share when bandwidth is short.
     *
     * @param priority 1 to 255
     */
    public void setPriority(String consumerId, int priority) {
        consumer(consumerId).priority(priority);
    }

    /** Asks the consumer's producer for a key frame, throttled. */
    public void requestKeyFrame(String consumerId) {
        consumer(consumerId).requestKeyFrame(environment.now());
    }

    /**
     * Statistics of a transport, producer or consumer in the words of webrtc-stats.
     *
     * @throws RefusedException {@code TRANSPORT_NOT_FOUND} when the id names none of them
     */
    public List<Map<String, Object>> stats(String id) {
        checkOpen();
        Producer producer = producers.get(id);
        if (producer != null) {
            return Statistics.of(producer, environment);
        }
        Consumer consumer = consumers.get(id);
        return consumer != null ? Statistics.of(consumer, environment) : Statistics.of(transport(id), environment);
    }

    /** Closes everything without telling the listener. Idempotent. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        int load = 1 + transports.size() + producers.size() + consumers.size();
        for (WebRtcTransport transport : transports.values()) {
            transport.close();
        }
        transports.clear();
        ticking.clear();
        producers.clear();
        consumers.clear();
        environment.worker.addLoad(-load);
        environment.worker.routerClosed(this);
    }

    void tick(long nowNanos) {
        for (int i = 0; i < ticking.size(); i++) {
            ticking.get(i).tick(nowNanos);
        }
        Map<String, Integer> levels = audioLevels.due(nowNanos);
        if (levels != null) {
            listener.audioLevels(levels);
        }
    }

    void transportState(WebRtcTransport transport, WebRtcTransportState state) {
        if (!closed) {
            listener.transportState(transport.id(), state);
        }
    }

    /** The client closed its end. */
    void transportEnded(WebRtcTransport transport) {
        if (!closed && transports.containsKey(transport.id())) {
            remove(transport);
        }
    }

    private void layersChanged(Consumer consumer, int spatialLayer, int temporalLayer) {
        if (!closed) {
            listener.layersChanged(consumer.id(), spatialLayer, temporalLayer);
        }
    }

    private void remove(WebRtcTransport transport) {
        transports.remove(transport.id());
        ticking.remove(transport);
        environment.worker.addLoad(-1);
        for (Consumer consumer : transport.rtp().consumers()) {
            remove(consumer);
            listener.consumerClosed(consumer.id());
        }
        for (Producer producer : transport.rtp().producers()) {
            remove(producer);
            listener.producerClosed(producer.id());
        }
        transport.close();
    }

    private void remove(Producer producer) {
        producers.remove(producer.id());
        environment.worker.addLoad(-1);
        for (Consumer consumer : producer.consumers()) {
            remove(consumer);
            listener.consumerClosed(consumer.id());
        }
        producer.session().removeProducer(producer);
        producer.close();
    }

    private void remove(Consumer consumer) {
        consumers.remove(consumer.id());
        environment.worker.addLoad(-1);
        consumer.producer().removeConsumer(consumer);
        consumer.session().removeConsumer(consumer);
    }

    private WebRtcTransport transport(String id) {
        return found(transports.get(id), RefusalReason.TRANSPORT_NOT_FOUND, "Transport not found");
    }

    private Producer producer(String id) {
        return found(producers.get(id), RefusalReason.PRODUCER_NOT_FOUND, "Producer not found");
    }

    private Consumer consumer(String id) {
        return found(consumers.get(id), RefusalReason.CONSUMER_NOT_FOUND, "Consumer not found");
    }

    private <T> T found(@Nullable T object, RefusalReason reason, String message) {
        checkOpen();
        if (object == null) {
            throw new RefusedException(reason, message);
        }
        return object;
    }

    private void checkOpen() {
        if (closed) {
            throw new RefusedException(RefusalReason.CLOSED, "The router is closed");
        }
    }

    private static void checkLimit(int present, int limit, String what) {
        if (present >= limit) {
            throw new RefusedException(RefusalReason.LIMIT_REACHED, "Too many " + what);
        }
    }
}
