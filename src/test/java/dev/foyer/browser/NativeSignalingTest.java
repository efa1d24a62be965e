package dev.foyer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients of the {@code signaling} dialect on a native stack: no offer may reach one whose own is outstanding. */
@Tag("integration")
class NativeSignalingTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int NEW_FRAMES = 10;
    private static final int GREY_STEP = 50;
    private static final int DARKEST = 40;
    private static final int GREY_TOLERANCE = 15;

    private final List<NativePeer> peers = new ArrayList<>();
    private final List<GreyCamera> cameras = new ArrayList<>();
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

    private void join(String user) {
        GreyCamera camera = new GreyCamera(greyOf(peers.size()));
        cameras.add(camera);
        peers.add(new NativePeer(factory, server.url(), "native", user, camera));
    }

    private static int greyOf(int number) {
        return DARKEST + number * GREY_STEP;
    }

    /** Waits until each peer was shown new frames of each other's own camera. */
    private void everybodySeesEverybody() {
        for (NativePeer viewer : peers) {
            for (int i = 0; i < peers.size(); i++) {
                NativePeer shown = peers.get(i);
                if (shown != viewer) {
                    await(viewer, shown, greyOf(i));
                }
            }
        }
    }

    private void await(NativePeer viewer, NativePeer shown, int grey) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        int before = frames(viewer, shown);
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

    private static int frames(NativePeer viewer, NativePeer shown) {
        GreyCamera.Screen screen = viewer.screenOf(shown.user());
        return screen == null ? 0 : screen.frames();
    }

    private void untroubled() {
        peers.forEach(peer -> assertEquals(List.of(), peer.faults(), peer.user()));
    }
}
