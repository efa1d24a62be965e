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
import java.util.HashMap;
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
    private final RouterContents contents;
    private final Map<String, PeerConnection> connections = new HashMap<>();
    private final ConsumerObserver namedConsumers = new NamedConsumers();
    private final AudioLevels audioLevels;
    private boolean closed;

    Router(SfuEnvironment environment, RouterSettings settings, RouterListener listener) {
        this.environment = environment;
        this.settings = settings;
        this.listener = listener;
        this.contents = new RouterContents(environment.worker, settings.limits(), listener);
        this.audioLevels = new AudioLevels(environment.now());
        environment.worker.addLoad(1);
    }

    /** Creates a transport that waits for the client's connectivity checks. */
    public TransportParameters createTransport() {
        return openTransport().parameters();
    }

    private WebRtcTransport openTransport() {
        checkOpen();
        contents.checkTransports();
        WebRtcTransport transport = new WebRtcTransport(this, environment);
        contents.add(transport);
        return transport;
    }

    /** Gives a transport the client's certificate fingerprints and DTLS role. */
    public void connectTransport(String transportId, DtlsParameters remote) {
        transport(transportId).connect(remote);
    }

    /**
     * Creates the server's end of a connection that is negotiated by SDP. Its transport is one of the router's, of which
     * the listener hears, and which {@link #restartIce}, {@link #closeTransport} and {@link #stats} know by this id.
     *
     * @param streamId msid of all that is sent on it; visible ASCII characters
     * @return its id
     */
    public String createConnection(String streamId) {
        if (streamId.isEmpty() || !streamId.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "A stream id is visible ASCII characters");
        }
        WebRtcTransport transport = openTransport();
        connections.put(
                transport.id(),
                new PeerConnection(
                        environment, settings.rtpCapabilities(), contents, transport, streamId, audioLevels));
        return transport.id();
    }

    /**
     * A connection negotiated by SDP.
     *
     * @throws RefusedException {@code TRANSPORT_NOT_FOUND} when the id names none
     */
    public PeerConnection connection(String connectionId) {
        return found(connections.get(connectionId), RefusalReason.TRANSPORT_NOT_FOUND, "Connection not found");
    }

    /** Gives a transport new ICE credentials. */
    public IceParameters restartIce(String transportId) {
        return anyTransport(transportId).restartIce();
    }

    /** Closes a transport with its producers and consumers, of which the listener is told. */
    public void closeTransport(String transportId) {
        remove(anyTransport(transportId));
    }

    /**
     * Creates a producer.
     *
     * @return its id
     */
    public String produce(String transportId, MediaKind kind, RtpParameters rtpParameters, boolean paused) {
        WebRtcTransport transport = transport(transportId);
        contents.checkProducers(1);
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
        contents.add(producer);
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
        contents.remove(producer(producerId));
    }

    /** Whether a client with these capabilities can receive the producer; false for an unknown one. */
    public boolean canConsume(String producerId, RtpCapabilities rtpCapabilities) {
        Producer producer = contents.producer(producerId);
        return producer != null && ConsumerNegotiation.canConsume(producer.consumable(), rtpCapabilities);
    }

    /** Creates a consumer. */
    public ConsumerParameters consume(
            String transportId, String producerId, RtpCapabilities rtpCapabilities, boolean paused) {
        WebRtcTransport transport = transport(transportId);
        Producer producer = producer(producerId);
        contents.checkConsumers();
        RouterContents.checkStreams(transport.rtp());
        RtpParameters parameters = consumerParameters(transport.rtp(), producer, rtpCapabilities);
        Consumer consumer = Consumer.of(environment, transport.rtp(), producer, parameters, paused, namedConsumers);
        contents.add(consumer, environment.now());
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
        contents.remove(consumer(consumerId));
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
        Producer producer = contents.producer(id);
        if (producer != null) {
            return Statistics.of(producer, environment);
        }
        Consumer consumer = contents.consumer(id);
        return consumer != null ? Statistics.of(consumer, environment) : Statistics.of(anyTransport(id), environment);
    }

    /** What has arrived of each producer within the last second, bits a second; retransmissions are not in it. */
    public Map<String, Long> bitrates() {
        checkOpen();
        Map<String, Long> bitrates = new HashMap<>();
        for (Producer producer : contents.producers()) {
            bitrates.put(producer.id(), producer.bitrateBps(environment.now()));
        }
        return bitrates;
    }

    /** Closes everything without telling the listener. Idempotent. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (PeerConnection connection : connections.values()) {
            connection.close();
        }
        connections.clear();
        contents.close();
        environment.worker.addLoad(-1);
        environment.worker.routerClosed(this);
    }

    void tick(long nowNanos) {
        contents.tick(nowNanos);
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
        if (!closed && contents.transport(transport.id()) != null) {
            remove(transport);
        }
    }

    private void remove(WebRtcTransport transport) {
        PeerConnection connection = connections.remove(transport.id());
        if (connection != null) {
            connection.close();
        }
        contents.remove(transport);
    }

    /** A transport whose parameters travel as ORTC; those of connections are negotiated by SDP. */
    private WebRtcTransport transport(String id) {
        WebRtcTransport transport = connections.containsKey(id) ? null : contents.transport(id);
        return found(transport, RefusalReason.TRANSPORT_NOT_FOUND, "Transport not found");
    }

    private WebRtcTransport anyTransport(String id) {
        return found(contents.transport(id), RefusalReason.TRANSPORT_NOT_FOUND, "Transport not found");
    }

    private Producer producer(String id) {
        return found(contents.producer(id), RefusalReason.PRODUCER_NOT_FOUND, "Producer not found");
    }

    private Consumer consumer(String id) {
        return found(contents.consumer(id), RefusalReason.CONSUMER_NOT_FOUND, "Consumer not found");
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

    /** Consumers that clients know by their ids. */
    private final class NamedConsumers implements ConsumerObserver {
        @Override
        public void layersChanged(Consumer consumer, int spatialLayer, int temporalLayer) {
            if (!closed) {
                listener.layersChanged(consumer.id(), spatialLayer, temporalLayer);
            }
        }

        @Override
        public boolean keepsStream() {
            return false;
        }

        @Override
        public void ended(Consumer consumer) {
            listener.consumerClosed(consumer.id());
        }
    }
}
