package dev.foyer.browser;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera in front of a wall whose grey says whose camera it is. */
final class GreyCamera implements AutoCloseable {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final byte NO_COLOUR = (byte) 128;

    private final CustomVideoSource source = new CustomVideoSource();
    private final ScheduledExecutorService shutter = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> filming;

    /**
     * Starts filming.
     *
     * @param grey luma, 16 to 235
     * @param periodMillis between two pictures
     */
    GreyCamera(int grey, long periodMillis) {
        filming = shutter.scheduleAtFixedRate(() -> film(grey), 0, periodMillis, TimeUnit.MILLISECONDS);
    }

    private void film(int grey) {
        NativeI420Buffer buffer = NativeI420Buffer.allocate(WIDTH, HEIGHT);
        fill(buffer.getDataY(), (byte) grey);
        fill(buffer.getDataU(), NO_COLOUR);
        fill(buffer.getDataV(), NO_COLOUR);
        VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
        source.pushFrame(frame);
        frame.release();
    }

    private static void fill(ByteBuffer plane, byte value) {
        for (int i = 0; i < plane.capacity(); i++) {
            plane.put(i, value);
        }
    }

    CustomVideoSource source() {
        return source;
    }

    @Override
    public void close() {
        filming.cancel(false);
        shutter.close();
    }

    /** Where a camera's picture is shown at the other end. */
    static final class Screen implements VideoTrackSink {
        private final AtomicInteger frames = new AtomicInteger();
        private volatile int grey;

        @Override
        public void onVideoFrame(VideoFrame frame) {
            I420Buffer picture = frame.buffer.toI420();
            grey = picture.getDataY().get(0) & 0xff;
            picture.release();
            frames.incrementAndGet();
        }

        int frames() {
            return frames.get();
        }

        int grey() {
            return grey;
        }
    }
}
