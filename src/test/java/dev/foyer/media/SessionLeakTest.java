package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.sfu.ClientParameters;
import dev.foyer.sfu.PlainClient;
import dev.foyer.sfu.RtpBytes;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions with real transports come and go; nothing stays. */
@Tag("integration")
class SessionLeakTest {
    private static final int ROUNDS = 20;
    private static final int SESSIONS = 50;
    private static final long MEGABYTE = 1024L * 1024;

    /** What a process holds that it could fail to let go. */
    private record Holdings(long heap, long direct, long descriptors, int threads) {
        static Holdings now() {
            System.gc();
            long direct = PlatformDependent.usedDirectMemory();
            for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
                direct += pool.getMemoryUsed();
            }
            UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Holdings(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    direct,
                    system.getOpenFileDescriptorCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    @Test
    void letsEverythingGo() throws Exception {
        RunningPlane running = RunningPlane.start(1, true);
        try {
            // What grows in the first rounds is caches, pools and classes.
            for (int i = 0; i < 4; i++) {
                round(running.plane());
            }
            Holdings before = Holdings.now();
            for (int i = 4; i < ROUNDS; i++) {
                round(running.plane());
            }
            assertTrue(RunningPlane.get(running.plane().askIdle()));
            Holdings after = Holdings.now();
            String figures = before + " then " + after;
            assertTrue(after.heap() - before.heap() < 8 * MEGABYTE, figures);
            assertTrue(after.direct() - before.direct() < 4 * MEGABYTE, figures);
            assertTrue(after.descriptors() - before.descriptors() <= 2, figures);
            assertTrue(after.threads() - before.threads() <= 4, figures);
        } finally {
            running.close();
        }
    }

    private static CompletableFuture<Void> byParameters(MediaSession session, TestPeer peer) throws Exception {
        TransportParameters transport = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        RunningPlane.get(session.connectTransport(transport.id(), TestPeer.dtlsParameters()));
        RunningPlane.get(session.produce(transport.id(), MediaKind.VIDEO, ClientParameters.vp8("0", 7L), false));
        return peer.connect(transport);
    }

    private static CompletableFuture<Void> byOffer(MediaSession session, TestPeer peer) throws Exception {
        String connection = RunningPlane.get(session.createConnection("peer"));
        PlainClient client = TestPeer.plainClient().video("0", "sendrecv", 7);
        ConnectionPlan plan = new ConnectionPlan(true, List.of(new MediaSource("own", MediaKind.VIDEO, null)));
        NegotiatedConnection answered = RunningPlane.get(session.answer(connection, client.offer(), plan));
        // Its own picture, so that something is sent as well.
        String producer = answered.received().getFirst().producerId();
        RunningPlane.get(session.apply(
                connection, new ConnectionPlan(true, List.of(new MediaSource("own", MediaKind.VIDEO, producer)))));
        return peer.connect(answered.sdp());
    }

    private static void round(VertxMediaPlane plane) throws Exception {
        List<MediaSession> sessions = new ArrayList<>();
        List<TestPeer> peers = new ArrayList<>();
        List<CompletableFuture<Void>> connecting = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            MediaSession session = RunningPlane.get(plane.open("room " + i, new RecordingListener()));
            TestPeer peer = new TestPeer();
            connecting.add(i % 3 == 0 ? byOffer(session, peer) : byParameters(session, peer));
            sessions.add(session);
            peers.add(peer);
        }
        for (CompletableFuture<Void> connected : connecting) {
            RunningPlane.get(connected);
        }
        for (TestPeer peer : peers) {
            peer.sendRtp(RtpBytes.packet(7, ClientParameters.VP8, 1, 1)
                    .vp8(true, 1, 1, 0, 900)
                    .bytes());
        }
        for (int i = 0; i < SESSIONS; i++) {
            // Half of the clients leave first, half are left.
            if (i % 2 == 0) {
                peers.get(i).close(i % 4 == 0);
                sessions.get(i).close();
            } else {
                sessions.get(i).close();
                peers.get(i).close();
            }
        }
    }
}
