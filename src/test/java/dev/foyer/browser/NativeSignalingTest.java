package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients of the {@code signaling} dialect on a native stack: no offer may reach one whose own is outstanding. */
@Tag("integration")
class NativeSignalingTest {
    private static final int FULL_ROOM = 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int NEW_FRAMES = 5;
    private static final int GREY_STEP = 9;
    private static final int DARKEST = 40;
    private static final int GREY_TOLERANCE = 4;

    private final List<NativePeer> peers = new ArrayList<>();
    private final List<GreyCamera> cameras = new ArrayList<>();
    private long pictureMillis = 80;
    private HeadlessAudioDeviceModule audio;
    private PeerConnectionFactory factory;
    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.start(Map.of("MEDIASOUP_WORKERS", "1"));
        audio = new HeadlessAudioDeviceModule();
        factory = new PeerConnectionFactory(audio);
    }

    @AfterEach
    void stop() {
        peers.forEach(NativePeer::close);
        cameras.forEach(GreyCamera::close);
        factory.dispose();
        audio.dispose();
        server.close();
    }

    @Test
    void threeMeetAndTheFourthMovesThemToTheSfu() {
        join("ada");
        join("grace");
        join("edith");
        everybodySeesEverybody();
        untroubled();

        join("joan");
        everybodySeesEverybody();
        untroubled();
    }

    /** What a mesh client could never do: its uplink would be 19 times its camera. */
    @Test
    void twentyMeetAndEachSendsItsCameraOnce() {
        pictureMillis = 250;
        for (int i = 0; i < FULL_ROOM; i++) {
            join("guest-" + i);
            NativePeer newcomer = peers.getLast();
            see((viewer, shown) -> viewer == newcomer || shown == newcomer);
        }
        untroubled();

        List<Map<String, Long>> before =
                peers.stream().map(NativePeer::videoBytesSent).toList();
        everybodySeesEverybody();
        for (int i = 0; i < FULL_ROOM; i++) {
            List<Long> sent = sentSince(before.get(i), peers.get(i).videoBytesSent());
            assertEquals(FULL_ROOM - 1, sent.size(), "connections of guest-" + i);
            assertEquals(1, sent.stream().filter(bytes -> bytes > 0).count(), () -> "connections with video " + sent);
        }
        untroubled();
    }

    private static List<Long> sentSince(Map<String, Long> before, Map<String, Long> now) {
        return now.entrySet().stream()
                .map(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                .toList();
    }

    private void join(String user) {
        GreyCamera camera = new GreyCamera(greyOf(peers.size()), pictureMillis);
        cameras.add(camera);
        peers.add(new NativePeer(factory, server.url(), "native", user, camera));
    }

    private static int greyOf(int number) {
        return DARKEST + number * GREY_STEP;
    }

    private void everybodySeesEverybody() {
        see((_, _) -> true);
    }

    /** Waits until viewers were shown new frames of others' own cameras. */
    private void see(BiPredicate<NativePeer, NativePeer> whom) {
        List<View> views = new ArrayList<>();
        for (NativePeer viewer : peers) {
            for (int i = 0; i < peers.size(); i++) {
                NativePeer shown = peers.get(i);
                if (shown != viewer && whom.test(viewer, shown)) {
                    views.add(new View(viewer, shown, greyOf(i), frames(viewer, shown)));
                }
            }
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (View view : views) {
            view.await(deadline);
        }
    }

    /** What one peer is shown of another, since there were so many frames. */
    private final class View {
        private final NativePeer viewer;
        private final NativePeer shown;
        private final int grey;
        private int before;

        private View(NativePeer viewer, NativePeer shown, int grey, int before) {
            this.viewer = viewer;
            this.shown = shown;
            this.grey = grey;
            this.before = before;
        }

        private void await(long deadline) {
            while (true) {
                GreyCamera.Screen screen = viewer.screenOf(shown.user());
                if (screen != null
                        && screen.frames() >= before + NEW_FRAMES
                        && Math.abs(screen.grey() - grey) <= GREY_TOLERANCE) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("%s does not see %s: %s; faults %s; server:\n%s"
                            .formatted(
                                    viewer.user(),
                                    shown.user(),
                                    screen == null ? "nothing" : screen.frames() + " frames of grey " + screen.grey(),
                                    peers.stream().map(NativePeer::faults).toList(),
                                    server.log()));
                }
                // A new connection begins to count at 0.
                before = Math.min(before, frames(viewer, shown));
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    private static int frames(NativePeer viewer, NativePeer shown) {
        GreyCamera.Screen screen = viewer.screenOf(shown.user());
        return screen == null ? 0 : screen.frames();
    }

    private void untroubled() {
        peers.forEach(peer -> assertEquals(List.of(), peer.faults(), peer.user()));
    }
}
