package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import dev.foyer.sfu.ClientParameters;
import dev.foyer.sfu.RtpBytes;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the libraries allocate for a packet, on the loop that forwards it: Netty's packets, the cipher's parameters. */
@Tag("integration")
class WholePathAllocationTest {
    private static final long SSRC = 0x6161_0001L;
    private static final int PACKETS = 10_000;
    private static final int BURST = 20;

    @Test
    void allocatesLittleForAPacketFromSocketToSocket() throws Exception {
        // The tests' leak detection writes a stack trace for each packet.
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        RunningPlane running = RunningPlane.start(1, true);
        RecordingListener listener = new RecordingListener();
        MediaSession session = RunningPlane.get(running.plane().open("room", listener));
        TransportParameters send = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        TransportParameters receive = RunningPlane.get(session.createTransport(TransportDirection.RECV));
        try (TestPeer publisher = new TestPeer();
                TestPeer subscriber = new TestPeer()) {
            RunningPlane.get(session.connectTransport(send.id(), TestPeer.dtlsParameters()));
            RunningPlane.get(session.connectTransport(receive.id(), TestPeer.dtlsParameters()));
            RunningPlane.get(publisher.connect(send));
            listener.awaitConnected(send.id());
            RunningPlane.get(subscriber.connect(receive));
            listener.awaitConnected(receive.id());
            String producer = RunningPlane.get(
                    session.produce(send.id(), MediaKind.AUDIO, ClientParameters.opus("0", SSRC), false));
            RunningPlane.get(session.consume(
                    receive.id(),
                    producer,
                    ClientParameters.capabilities(running.plane().rtpCapabilities()),
                    false));

            run(publisher, subscriber, 0);
            long before = allocatedByLoops();
            run(publisher, subscriber, PACKETS);
            long perPacket = (allocatedByLoops() - before) / PACKETS;
            // About 400: each way a packet object with its address, slices, GCM parameters.
            assertTrue(perPacket < 1_024, "bytes a packet: " + perPacket);
        } finally {
            running.close();
            ResourceLeakDetector.setLevel(level);
        }
    }

    private static void run(TestPeer publisher, TestPeer subscriber, int first) throws Exception {
        for (int i = first; i < first + PACKETS; i++) {
            publisher.sendRtp(RtpBytes.packet(SSRC, ClientParameters.OPUS, i & 0xFFFF, i * 960L)
                    .payload(new byte[1_000])
                    .bytes());
            if (i % BURST == BURST - 1) {
                for (int j = 0; j < BURST; j++) {
                    subscriber.nextRtp();
                }
            }
        }
    }

    private static long allocatedByLoops() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().contains("eventloop"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId()))
                .sum();
    }
}
