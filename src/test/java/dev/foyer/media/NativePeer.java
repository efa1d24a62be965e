package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A real libwebrtc peer connection. Its microphone records silence and its camera shows one moving grey, both in real
 * time.
 */
final class NativePeer implements AutoCloseable {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final long SECONDS = 15;

    private final HeadlessAudioDeviceModule devices = new HeadlessAudioDeviceModule();
    private final PeerConnectionFactory factory = new PeerConnectionFactory(devices);
    private final CountDownLatch connected = new CountDownLatch(1);
    private final RTCPeerConnection connection = factory.createPeerConnection(new RTCConfiguration(), new Receiver());
    private final Semaphore pictures = new Semaphore(0);
    private final Semaphore sounds = new Semaphore(0);
    private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("camera").daemon().factory());
    private final List<CustomVideoSource> sources = new ArrayList<>();
    private final List<Future<?>> showing = new ArrayList<>();
    private boolean closed;

    /** Adds a microphone and a camera, as {@code addTrack} does. */
    NativePeer publishing() {
        connection.addTrack(
                factory.createAudioTrack("microphone", factory.createAudioSource(new AudioOptions())),
                List.of("stream"));
        connection.addTrack(camera(), List.of("stream"));
        return this;
    }

    /** Adds a section of each kind to receive on. */
    NativePeer watching() {
        for (MediaStreamTrack track :
                List.of(factory.createAudioTrack("none", factory.createAudioSource(new AudioOptions())), camera())) {
            RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
            init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
            connection.addTransceiver(track, init);
        }
        return this;
    }

    private MediaStreamTrack camera() {
        CustomVideoSource source = new CustomVideoSource();
        sources.add(source);
        int[] shown = {0};
        showing.add(camera.scheduleAtFixedRate(() -> show(source, shown[0]++), 0, 50, TimeUnit.MILLISECONDS));
        return factory.createVideoTrack("camera", source);
    }

    private static void show(CustomVideoSource source, int number) {
        NativeI420Buffer picture = NativeI420Buffer.allocate(WIDTH, HEIGHT);
        for (int i = 0; i < picture.getDataY().capacity(); i++) {
            picture.getDataY().put(i, (byte) (number + i));
        }
        VideoFrame frame = new VideoFrame(picture, System.nanoTime());
        source.pushFrame(frame);
        frame.release();
    }

    RTCPeerConnection connection() {
        return connection;
    }

    /** The transceiver of a kind, the first one. */
    RTCRtpTransceiver transceiver(String kind) {
        for (RTCRtpTransceiver transceiver : connection.getTransceivers()) {
            if (transceiver.getReceiver().getTrack().getKind().equals(kind)) {
                return transceiver;
            }
        }
        throw new AssertionError("no " + kind);
    }

    /** Creates an offer and sets it. */
    String offer() throws Exception {
        return local(observer -> connection.createOffer(new RTCOfferOptions(), observer));
    }

    /** Takes an offer, creates an answer and sets it. */
    String answer(String offer) throws Exception {
        remote(RTCSdpType.OFFER, offer);
        return local(observer -> connection.createAnswer(new RTCAnswerOptions(), observer));
    }

    /** Takes an answer. */
    void accept(String answer) throws Exception {
        remote(RTCSdpType.ANSWER, answer);
    }

    /** Takes its own offer back. */
    void rollback() throws Exception {
        Done done = new Done();
        connection.setLocalDescription(new RTCSessionDescription(RTCSdpType.ROLLBACK, ""), done);
        done.get(SECONDS, TimeUnit.SECONDS);
    }

    private String local(Consumer<CreateSessionDescriptionObserver> creation) throws Exception {
        CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
        creation.accept(new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                created.complete(description);
            }

            @Override
            public void onFailure(String error) {
                created.completeExceptionally(new AssertionError(error));
            }
        });
        RTCSessionDescription description = created.get(SECONDS, TimeUnit.SECONDS);
        Done done = new Done();
        connection.setLocalDescription(description, done);
        done.get(SECONDS, TimeUnit.SECONDS);
        return description.sdp;
    }

    private void remote(RTCSdpType type, String sdp) throws Exception {
        Done done = new Done();
        connection.setRemoteDescription(new RTCSessionDescription(type, sdp), done);
        done.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until its end of the connection stands, too. */
    void awaitConnected() throws InterruptedException {
        assertTrue(connected.await(SECONDS, TimeUnit.SECONDS), "not connected");
    }

    /** Waits for pictures to be decoded from now on. */
    void awaitPictures(int count) throws InterruptedException {
        pictures.drainPermits();
        assertTrue(pictures.tryAcquire(count, SECONDS, TimeUnit.SECONDS), "no picture");
    }

    /** Waits for sound to be played from now on, in pieces of 10 ms. */
    void awaitSounds(int count) throws InterruptedException {
        sounds.drainPermits();
        assertTrue(sounds.tryAcquire(count, SECONDS, TimeUnit.SECONDS), "no sound");
    }

    /** The sum of a figure over all stats of a type and kind, 0 while there is none. */
    long figure(RTCStatsType type, String kind, String name) throws Exception {
        CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
        connection.getStats(report::complete);
        long sum = 0;
        for (RTCStats stats : report.get(SECONDS, TimeUnit.SECONDS).getStats().values()) {
            Object value = stats.getAttributes().get(name);
            if (stats.getType() == type
                    && kind.equals(stats.getAttributes().get("kind"))
                    && value instanceof Number n) {
                sum += n.longValue();
            }
        }
        return sum;
    }

    long audioReceived() throws Exception {
        return figure(RTCStatsType.INBOUND_RTP, "audio", "packetsReceived");
    }

    long sent(String kind) throws Exception {
        return figure(RTCStatsType.OUTBOUND_RTP, kind, "packetsSent");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            camera.shutdownNow();
            connection.close();
            sources.forEach(CustomVideoSource::dispose);
            factory.dispose();
            devices.dispose();
        }
    }

    /** Counts what is played. */
    private final class Receiver implements PeerConnectionObserver {
        @Override
        public void onConnectionChange(RTCPeerConnectionState state) {
            if (state == RTCPeerConnectionState.CONNECTED) {
                connected.countDown();
            }
        }

        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {}

        @Override
        public void onTrack(RTCRtpTransceiver transceiver) {
            switch (transceiver.getReceiver().getTrack()) {
                case VideoTrack video -> video.addSink(_ -> pictures.release());
                case AudioTrack audio -> audio.addSink((_, _, _, _, _) -> sounds.release());
                case MediaStreamTrack other -> throw new AssertionError(other.getKind());
            }
        }
    }

    private static final class Done extends CompletableFuture<Boolean> implements SetSessionDescriptionObserver {
        @Override
        public void onSuccess() {
            complete(true);
        }

        @Override
        public void onFailure(String error) {
            completeExceptionally(new AssertionError(error));
        }
    }
}
