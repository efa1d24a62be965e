package dev.foyer.sfu;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.sfu.negotiation.ConsumerNegotiation;
import dev.foyer.sfu.negotiation.NegotiationException;
import dev.foyer.sfu.negotiation.ProducerNegotiation;
import dev.foyer.sfu.negotiation.RouterCapabilities;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A publisher's and a subscriber's RTP session without encryption, sockets or a clock: time moves when told. */
final class ForwardingBench {
    static final RtpCapabilities ROUTER = RouterCapabilities.defaults();
    static final RtpCapabilities CLIENT = ClientParameters.capabilities(ROUTER);
    static final long MILLI = 1_000_000L;

    final SfuEnvironment environment;
    final SessionRecorder toPublisher = new SessionRecorder();
    final SessionRecorder toSubscriber = new SessionRecorder();
    final RtpSession publisher;
    final RtpSession subscriber;
    final AudioLevels levels;
    final List<String> layerChanges = new ArrayList<>();
    long nowNanos = 5_000_000_000L;

    ForwardingBench() {
        SecureRandom random = new SecureRandom();
        environment = new SfuEnvironment(null, null, null, null, random, new SfuCounters(), new HandshakeSlots(1), 0);
        environment.now(nowNanos);
        levels = new AudioLevels(nowNanos);
        publisher = new RtpSession(environment, toPublisher);
        subscriber = new RtpSession(environment, toSubscriber);
        publisher.connected(true);
        subscriber.connected(true);
    }

    Producer produce(MediaKind kind, RtpParameters parameters) {
        return produce(kind, parameters, false);
    }

    Producer produce(MediaKind kind, RtpParameters parameters, boolean paused) {
        return produceOn(publisher, kind, parameters, paused);
    }

    Producer produceOn(RtpSession session, MediaKind kind, RtpParameters parameters, boolean paused) {
        try {
            ProducerNegotiation negotiated = ProducerNegotiation.of(
                    kind, parameters, ROUTER, session.producerCname(), RandomGenerator.getDefault());
            Producer producer = new Producer(environment, session, kind, negotiated, paused, levels);
            session.addProducer(producer);
            return producer;
        } catch (NegotiationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Consumer consume(Producer producer) {
        return consume(producer, false);
    }

    Consumer consume(Producer producer, boolean paused) {
        return consumeOn(subscriber, producer, paused);
    }

    Consumer consumeOn(RtpSession session, Producer producer, boolean paused) {
        try {
            RtpParameters parameters = ConsumerNegotiation.consumer(
                    producer.consumable(),
                    CLIENT,
                    producer.kind() == MediaKind.VIDEO,
                    session.nextMid(),
                    RandomGenerator.getDefault());
            Consumer consumer = Consumer.of(environment, session, producer, parameters, paused, new LayerChanges());
            session.addConsumer(consumer);
            producer.addConsumer(consumer);
            consumer.start(nowNanos);
            return consumer;
        } catch (NegotiationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The publisher's packet arrives. */
    void publish(RtpBytes packet) {
        byte[] bytes = packet.bytes();
        byte[] buffer = new byte[bytes.length + 64];
        System.arraycopy(bytes, 0, buffer, 0, bytes.length);
        publisher.receiveRtp(buffer, 0, bytes.length, nowNanos);
    }

    /** The subscriber's RTCP arrives. */
    void report(byte[] rtcp) {
        subscriber.receiveRtcp(rtcp, 0, rtcp.length, nowNanos);
    }

    /** Time passes in steps of a tick. */
    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += SfuWorker.TICK_MILLIS) {
            nowNanos += SfuWorker.TICK_MILLIS * MILLI;
            environment.now(nowNanos);
            publisher.tick(nowNanos);
            subscriber.tick(nowNanos);
        }
    }

    private final class LayerChanges implements ConsumerObserver {
        @Override
        public void layersChanged(Consumer consumer, int spatialLayer, int temporalLayer) {
            layerChanges.add(spatialLayer + "/" + temporalLayer);
        }

        @Override
        public boolean keepsStream() {
            return false;
        }

        @Override
        public void ended(Consumer consumer) {}
    }
}
