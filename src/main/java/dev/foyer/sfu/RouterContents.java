package dev.foyer.sfu;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transports, producers and consumers of a router, their limits, and what ends with what. */
final class RouterContents {
    private static final int MAX_RETIRED_STREAMS = 16_384;

    private final SfuWorker worker;
    private final RouterLimits limits;
    private final RouterListener listener;
    private final List<WebRtcTransport> ticking = new ArrayList<>();
    private final Map<String, WebRtcTransport> transports = new LinkedHashMap<>();
    private final Map<String, Producer> producers = new LinkedHashMap<>();
    private final Map<String, Consumer> consumers = new LinkedHashMap<>();

    /** @param listener told of producers that end with their transport */
    RouterContents(SfuWorker worker, RouterLimits limits, RouterListener listener) {
        this.worker = worker;
        this.limits = limits;
        this.listener = listener;
    }

    @Nullable
    WebRtcTransport transport(String id) {
        return transports.get(id);
    }

    @Nullable
    Producer producer(String id) {
        return producers.get(id);
    }

    Collection<Producer> producers() {
        return producers.values();
    }

    @Nullable
    Consumer consumer(String id) {
        return consumers.get(id);
    }

    /** @throws RefusedException {@code LIMIT_REACHED} when there is no room for another */
    void checkTransports() {
        check(transports.size() < limits.transports(), "transports");
    }

    /**
     * @param more how many more there will be, may be negative
     * @throws RefusedException {@code LIMIT_REACHED} when there is no room for them
     */
    void checkProducers(int more) {
        check(more <= 0 || producers.size() + more <= limits.producers(), "producers");
    }

    /** @throws RefusedException {@code LIMIT_REACHED} when there is no room for another */
    void checkConsumers() {
        check(hasRoomForConsumer(), "consumers");
    }

    /** @throws RefusedException {@code LIMIT_REACHED} when a transport has sent as many streams as it may in its life */
    static void checkStreams(RtpSession session) {
        check(session.retired() < MAX_RETIRED_STREAMS, "streams on one transport");
    }

    boolean hasRoomForConsumer() {
        return consumers.size() < limits.consumers();
    }

    private static void check(boolean fits, String what) {
        if (!fits) {
            throw new RefusedException(RefusalReason.LIMIT_REACHED, "Too many " + what);
        }
    }

    void add(WebRtcTransport transport) {
        transports.put(transport.id(), transport);
        ticking.add(transport);
        worker.addLoad(1);
    }

    /**
     * Adds a producer to the router and to its session.
     *
     * @throws RefusedException when its ssrcs or its MID are another's already; nothing is added then
     */
    void add(Producer producer) {
        producer.session().addProducer(producer);
        producers.put(producer.id(), producer);
        worker.addLoad(1);
    }

    /** Adds a consumer to the router, its session and its producer, and lets it begin. */
    void add(Consumer consumer, long nowNanos) {
        consumer.session().addConsumer(consumer);
        consumer.producer().addConsumer(consumer);
        consumers.put(consumer.id(), consumer);
        worker.addLoad(1);
        consumer.start(nowNanos);
    }

    /** Removes and closes a transport; whoever waits for its consumers and producers is told. */
    void remove(WebRtcTransport transport) {
        transports.remove(transport.id());
        ticking.remove(transport);
        worker.addLoad(-1);
        for (Consumer consumer : transport.rtp().consumers()) {
            remove(consumer);
            consumer.ended();
        }
        for (Producer producer : transport.rtp().producers()) {
            remove(producer);
            listener.producerClosed(producer.id());
        }
        transport.close();
    }

    /** Removes and closes a producer; whoever waits for its consumers is told. */
    void remove(Producer producer) {
        producers.remove(producer.id());
        worker.addLoad(-1);
        for (Consumer consumer : producer.consumers()) {
            remove(consumer);
            consumer.ended();
        }
        producer.session().removeProducer(producer);
        producer.close();
    }

    /** Removes a consumer; nobody is told. */
    void remove(Consumer consumer) {
        consumers.remove(consumer.id());
        worker.addLoad(-1);
        consumer.producer().removeConsumer(consumer);
        consumer.session().removeConsumer(consumer);
    }

    void tick(long nowNanos) {
        for (int i = 0; i < ticking.size(); i++) {
            ticking.get(i).tick(nowNanos);
        }
    }

    /** Closes everything and tells nobody. */
    void close() {
        worker.addLoad(-transports.size() - producers.size() - consumers.size());
        for (WebRtcTransport transport : transports.values()) {
            transport.close();
        }
        transports.clear();
        ticking.clear();
        producers.clear();
        consumers.clear();
    }
}
