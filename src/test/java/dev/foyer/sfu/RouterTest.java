package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.protocol.dtls.DtlsCertificate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RouterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM, Instant.EPOCH);

    private final List<String> told = new ArrayList<>();
    private final SfuWorker worker = new SfuWorker((_, _, _, _) -> {}, Runnable::run, CERTIFICATE, RANDOM, 0);
    private final Router router = open(RouterLimits.DEFAULT);

    private Router open(RouterLimits limits) {
        return worker.openRouter(new RouterSettings(ForwardingBench.ROUTER, limits), new RouterListener() {
            @Override
            public void transportState(String transportId, WebRtcTransportState state) {
                told.add("transport " + state);
            }

            @Override
            public void consumerClosed(String consumerId) {
                told.add("consumer " + consumerId);
            }

            @Override
            public void producerClosed(String producerId) {
                told.add("producer " + producerId);
            }

            @Override
            public void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {}

            @Override
            public void audioLevels(Map<String, Integer> levelsByProducer) {}
        });
    }

    private String transport() {
        return router.createTransport().id();
    }

    private String produce(String transport, String mid, long ssrc) {
        return router.produce(transport, MediaKind.VIDEO, ClientParameters.vp8(mid, ssrc), false);
    }

    private String consume(String transport, String producer) {
        return router.consume(transport, producer, ForwardingBench.CLIENT, true).id();
    }

    private static void assertRefused(RefusalReason reason, Executable request) {
        assertEquals(reason, assertThrows(RefusedException.class, request).reason());
    }

    @Test
    void closesConsumersWithTheirProducer() {
        String receive = transport();
        String producer = produce(transport(), "0", 5);
        String first = consume(receive, producer);
        String second = consume(receive, producer);
        router.closeProducer(producer);
        assertEquals(List.of("consumer " + first, "consumer " + second), told);
        assertRefused(RefusalReason.CONSUMER_NOT_FOUND, () -> router.resumeConsumer(first));
        assertRefused(RefusalReason.PRODUCER_NOT_FOUND, () -> router.closeProducer(producer));
    }

    @Test
    void closesEverythingThatATransportCarries() {
        String send = transport();
        String receive = transport();
        String other = transport();
        String producer = produce(send, "0", 5);
        String foreign = produce(other, "0", 5);
        String consumer = consume(receive, producer);
        String ownConsumer = consume(send, foreign);
        router.closeTransport(send);
        assertEquals(List.of("consumer " + ownConsumer, "consumer " + consumer, "producer " + producer), told);
        assertRefused(RefusalReason.TRANSPORT_NOT_FOUND, () -> router.closeTransport(send));
        router.pauseProducer(foreign);
    }

    @Test
    void tellsNothingOfWhatTheRoomClosesItself() {
        String producer = produce(transport(), "0", 5);
        router.closeConsumer(consume(transport(), producer));
        router.closeProducer(producer);
        assertEquals(List.of(), told);
    }

    @Test
    void leavesNothingBehind() {
        assertFalse(worker.isIdle());
        String producer = produce(transport(), "0", 5);
        consume(transport(), producer);
        router.restartIce(transport());
        assertEquals(6, worker.load());
        router.close();
        router.close();
        assertTrue(worker.isIdle());
        assertEquals(List.of(), told);
        assertRefused(RefusalReason.CLOSED, router::createTransport);
        assertRefused(RefusalReason.CLOSED, () -> router.closeProducer(producer));
    }

    @Test
    void holdsItsLimits() {
        Router small = open(new RouterLimits(2, 1, 1));
        String send = small.createTransport().id();
        String receive = small.createTransport().id();
        assertRefused(RefusalReason.LIMIT_REACHED, small::createTransport);
        String producer = small.produce(send, MediaKind.VIDEO, ClientParameters.vp8("0", 5L), false);
        assertRefused(
                RefusalReason.LIMIT_REACHED,
                () -> small.produce(send, MediaKind.AUDIO, ClientParameters.opus("1", 9L), false));
        small.consume(receive, producer, ForwardingBench.CLIENT, true);
        assertRefused(
                RefusalReason.LIMIT_REACHED, () -> small.consume(receive, producer, ForwardingBench.CLIENT, true));
    }

    /** The keys of a transport must not meet an ssrc twice, so it keeps books of those that ended. */
    @Test
    void sendsOnlySoManyStreamsInTheLifeOfATransport() {
        String producer = produce(transport(), "0", 5);
        String receive = transport();
        for (int i = 0; i < 16_384; i++) {
            router.closeConsumer(consume(receive, producer));
        }
        assertRefused(RefusalReason.LIMIT_REACHED, () -> consume(receive, producer));
        consume(transport(), producer);
    }

    @Test
    void consumesWhatTheClientCanReceive() {
        String producer =
                router.produce(transport(), MediaKind.VIDEO, ClientParameters.vp8Simulcast("0", "lo", "hi"), true);
        RtpCapabilities nothing = new RtpCapabilities(List.of(), List.of());
        assertTrue(router.canConsume(producer, ForwardingBench.CLIENT));
        assertFalse(router.canConsume(producer, nothing));
        assertFalse(router.canConsume("nobody's", ForwardingBench.CLIENT));
        String receive = transport();
        assertRefused(RefusalReason.CANNOT_CONSUME, () -> router.consume(receive, producer, nothing, true));
        ConsumerParameters consumer = router.consume(receive, producer, ForwardingBench.CLIENT, true);
        assertEquals(ConsumerType.SIMULCAST, consumer.type());
        assertTrue(consumer.producerPaused());
        assertEquals("0", consumer.rtpParameters().mid());
        assertEquals(
                "1",
                router.consume(receive, producer, ForwardingBench.CLIENT, true)
                        .rtpParameters()
                        .mid());
    }

    @Test
    void describesItselfInWebrtcStats() {
        String send = transport();
        String producer = produce(send, "0", 5);
        String consumer = consume(transport(), producer);
        assertEquals("transport", router.stats(send).getFirst().get("type"));
        assertEquals("inbound-rtp", router.stats(producer).getFirst().get("type"));
        assertEquals("outbound-rtp", router.stats(consumer).getFirst().get("type"));
        for (String id : List.of(send, producer, consumer)) {
            assertTrue(router.stats(id).getFirst().keySet().containsAll(List.of("id", "type", "timestamp")));
        }
        assertRefused(RefusalReason.TRANSPORT_NOT_FOUND, () -> router.stats("nobody's"));
    }

    @Test
    void refusesAPriorityOutOfRange() {
        String consumer = consume(transport(), produce(transport(), "0", 5));
        router.setPriority(consumer, 255);
        assertRefused(RefusalReason.INVALID_PARAMETERS, () -> router.setPriority(consumer, 0));
        assertRefused(RefusalReason.INVALID_PARAMETERS, () -> router.setPriority(consumer, 256));
    }
}
