package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.protocol.dtls.DtlsCertificate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** A router with one connection; nothing is sent anywhere. */
final class ConnectionBench {
    static final ConnectionPlan NOTHING = new ConnectionPlan(false, List.of());
    static final ConnectionPlan RECEIVE = new ConnectionPlan(true, List.of());

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM, Instant.EPOCH);

    final List<String> told = new ArrayList<>();
    final SfuWorker worker = new SfuWorker((_, _, _, _) -> {}, Runnable::run, CERTIFICATE, RANDOM, 0);
    final Router router;
    final String id;
    final PeerConnection connection;

    ConnectionBench() {
        this(RouterLimits.DEFAULT);
    }

    ConnectionBench(RouterLimits limits) {
        router = worker.openRouter(new RouterSettings(ForwardingBench.ROUTER, limits), new Listener());
        id = router.createConnection("peer");
        connection = router.connection(id);
    }

    /** Another worker, which sends there. */
    static SfuWorker worker(PacketOutput output) {
        return new SfuWorker(output, Runnable::run, CERTIFICATE, RANDOM, 0);
    }

    /** Notes what a router says. */
    RouterListener listener() {
        return new Listener();
    }

    /** A camera of somebody else's. */
    String camera() {
        return router.produce(router.createTransport().id(), MediaKind.VIDEO, ClientParameters.vp8("0", 5L), false);
    }

    static ConnectionPlan plan(boolean receive, MediaSource... sources) {
        return new ConnectionPlan(receive, List.of(sources));
    }

    static MediaSource video(String key, String producerId) {
        return new MediaSource(key, MediaKind.VIDEO, producerId);
    }

    static MediaSource audio(String key, String producerId) {
        return new MediaSource(key, MediaKind.AUDIO, producerId);
    }

    static void assertRefused(RefusalReason reason, Executable request) {
        assertEquals(reason, assertThrows(RefusedException.class, request).reason());
    }

    private final class Listener implements RouterListener {
        @Override
        public void transportState(String transportId, WebRtcTransportState state) {}

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
    }
}
