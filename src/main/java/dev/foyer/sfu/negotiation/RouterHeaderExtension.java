package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpHeaderExtension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header extensions of every router, with mediasoup's ids. All fit the one-byte form (RFC 8285 section 4.2).
 *
 * <p>Directions are the router's. {@code rid} and its repaired twin are only received: a consumer has one encoding and
 * names it by ssrc. Audio receives transport-wide sequence numbers and does not send them, as in mediasoup. The
 * dependency descriptor is only received: its frame numbers and structures belong to one encoding and would have to be
 * rewritten to survive a change of layer, and decoders do without it.
 */
enum RouterHeaderExtension {
    MID("urn:ietf:params:rtp-hdrext:sdes:mid", 1, Direction.SENDRECV, Direction.SENDRECV),
    RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", 2, null, Direction.RECVONLY),
    REPAIRED_RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", 3, null, Direction.RECVONLY),
    ABS_SEND_TIME(
            "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", 4, Direction.SENDRECV, Direction.SENDRECV),
    TRANSPORT_WIDE_CC(
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
            5,
            Direction.RECVONLY,
            Direction.SENDRECV),
    DEPENDENCY_DESCRIPTOR(
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
            8,
            null,
            Direction.RECVONLY),
    SSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level", 10, Direction.SENDRECV, null),
    VIDEO_ORIENTATION("urn:3gpp:video-orientation", 11, null, Direction.SENDRECV),
    TRANSMISSION_OFFSET("urn:ietf:params:rtp-hdrext:toffset", 12, null, Direction.SENDRECV),
    ABS_CAPTURE_TIME(
            "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
            13,
            Direction.SENDRECV,
            Direction.SENDRECV),
    PLAYOUT_DELAY(
            "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay", 14, Direction.SENDRECV, Direction.SENDRECV);

    private enum Direction {
        SENDRECV("sendrecv"),
        RECVONLY("recvonly");

        private final String json;

        Direction(String json) {
            this.json = json;
        }
    }

    private final String uri;
    private final int id;
    private final @Nullable Direction audio;
    private final @Nullable Direction video;

    RouterHeaderExtension(String uri, int id, @Nullable Direction audio, @Nullable Direction video) {
        this.uri = uri;
        this.id = id;
        this.audio = audio;
        this.video = video;
    }

    /** The URI that names the extension in SDP and JSON. */
    String uri() {
        return uri;
    }

    /** All of them as capabilities, audio before video where an extension serves both. */
    static List<RtpHeaderExtension> capabilities() {
        List<RtpHeaderExtension> extensions = new ArrayList<>();
        for (RouterHeaderExtension extension : values()) {
            if (extension.audio != null) {
                extensions.add(extension.capability(MediaKind.AUDIO, extension.audio));
            }
            if (extension.video != null) {
                extensions.add(extension.capability(MediaKind.VIDEO, extension.video));
            }
        }
        return extensions;
    }

    private RtpHeaderExtension capability(MediaKind kind, Direction direction) {
        return new RtpHeaderExtension(kind, uri, id, false, direction.json);
    }
}
