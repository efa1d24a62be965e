package dev.foyer.protocol.dtls;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real libwebrtc peer with one audio track; its headless audio device records silence in real time. */
final class InteropClient implements AutoCloseable {
    private final HeadlessAudioDeviceModule devices = new HeadlessAudioDeviceModule();
    private final PeerConnectionFactory factory = new PeerConnectionFactory(devices);
    private final RTCPeerConnection connection;
    private boolean closed;

    InteropClient() {
        connection = factory.createPeerConnection(new RTCConfiguration(), _ -> {});
        connection.addTrack(
                factory.createAudioTrack("microphone", factory.createAudioSource(new AudioOptions())),
                List.of("stream"));
    }

    /** Creates an offer and sets it. */
    String offer() throws Exception {
        CompletableFuture<RTCSessionDescription> offer = new CompletableFuture<>();
        connection.createOffer(new RTCOfferOptions(), new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                offer.complete(description);
            }

            @Override
            public void onFailure(String error) {
                offer.completeExceptionally(new AssertionError(error));
            }
        });
        RTCSessionDescription description = offer.get(10, TimeUnit.SECONDS);
        Done done = new Done();
        connection.setLocalDescription(description, done);
        done.get(10, TimeUnit.SECONDS);
        return description.sdp;
    }

    void answer(String sdp) throws Exception {
        Done done = new Done();
        connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, sdp), done);
        done.get(10, TimeUnit.SECONDS);
    }

    RTCStatsReport stats() throws Exception {
        CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
        connection.getStats(report::complete);
        return report.get(10, TimeUnit.SECONDS);
    }

    void hangUp() {
        if (!closed) {
            closed = true;
            connection.close();
        }
    }

    @Override
    public void close() {
        hangUp();
        factory.dispose();
        devices.dispose();
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
