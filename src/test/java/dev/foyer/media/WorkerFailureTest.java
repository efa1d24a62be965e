package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.MediaError;
import dev.foyer.room.MediaException;
import dev.foyer.room.MediaSession;
import dev.foyer.room.TransportDirection;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class WorkerFailureTest {
    private static int port(MediaSession session) throws Exception {
        TransportParameters transport = RunningPlane.get(session.createTransport(TransportDirection.SEND));
        return transport.iceCandidates().getFirst().port();
    }

    @Test
    void losesTheSessionsOfTheFailedWorkerOnlyAndRunsAnother() throws Exception {
        RunningPlane running = RunningPlane.start(2, true);
        try {
            VertxMediaPlane plane = running.plane();
            RecordingListener first = new RecordingListener();
            RecordingListener second = new RecordingListener();
            MediaSession lost = RunningPlane.get(plane.open("one", first));
            MediaSession kept = RunningPlane.get(plane.open("two", second));
            assertNotEquals(port(lost), port(kept), "the second session goes to the other worker");

            int failing = plane.ports().indexOf(port(lost));
            RunningPlane.get(plane.failWorker(failing));

            assertEquals("sessionLost told to", first.next());
            assertEquals(2, plane.workers());
            assertEquals(2, List.copyOf(plane.ports()).stream().distinct().count());
            assertEquals(List.of(), second.toldSoFar());
            assertNotEquals(0, port(kept));
            ExecutionException failure = assertThrows(
                    ExecutionException.class, () -> RunningPlane.get(lost.createTransport(TransportDirection.SEND)));
            assertEquals(MediaError.CLOSED, ((MediaException) failure.getCause()).error());

            MediaSession again = RunningPlane.get(plane.open("one", first));
            try (TestPeer peer = new TestPeer()) {
                TransportParameters transport = RunningPlane.get(again.createTransport(TransportDirection.SEND));
                RunningPlane.get(again.connectTransport(transport.id(), TestPeer.dtlsParameters()));
                RunningPlane.get(peer.connect(transport));
            }
        } finally {
            running.close();
        }
    }

    @Test
    void takesAWorkerWhoseSocketIsGoneAsFailed() throws Exception {
        RunningPlane running = RunningPlane.start(1, false);
        try {
            RecordingListener listener = new RecordingListener();
            RunningPlane.get(running.plane().open("room", listener));
            running.plane().loseSocket(0);
            assertEquals("sessionLost UDP socket lost", listener.next());
        } finally {
            running.close();
        }
    }

    @Test
    void spreadsABurstOfSessions() throws Exception {
        RunningPlane running = RunningPlane.start(2, true);
        try {
            var opening = java.util.stream.IntStream.range(0, 10)
                    .mapToObj(i -> running.plane().open("room " + i, new RecordingListener()))
                    .toList();
            int onFirst = 0;
            for (var stage : opening) {
                if (port(RunningPlane.get(stage)) == running.plane().ports().getFirst()) {
                    onFirst++;
                }
            }
            assertEquals(5, onFirst);
        } finally {
            running.close();
        }
    }

    @Test
    void takesTheNextPortWhenOneIsInUse() throws Exception {
        try (DatagramSocket occupied = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertPassesOver(occupied.getLocalPort());
        }
    }

    @Test
    void takesTheNextPortWhenItsTcpHalfIsInUse() throws Exception {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertPassesOver(occupied.getLocalPort());
        }
    }

    private static void assertPassesOver(int port) throws Exception {
        MediaSettings settings = MediaSettings.loopback(1);
        RunningPlane running = RunningPlane.start(
                new MediaSettings(
                        settings.listenIps(),
                        new Announcement.Own(),
                        port,
                        Math.min(port + 20, 65_535),
                        true,
                        1,
                        true,
                        true,
                        settings.socketBufferBytes(),
                        settings.limits()),
                true);
        try {
            assertNotEquals(port, running.plane().ports().getFirst());
        } finally {
            running.close();
        }
        assertThrows(
                ExecutionException.class,
                () -> RunningPlane.start(
                        new MediaSettings(
                                settings.listenIps(),
                                new Announcement.Own(),
                                port,
                                port,
                                true,
                                1,
                                true,
                                true,
                                settings.socketBufferBytes(),
                                settings.limits()),
                        true));
    }
}
