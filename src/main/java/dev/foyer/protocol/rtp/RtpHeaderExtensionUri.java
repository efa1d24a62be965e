package dev.foyer.protocol.rtp;

/** Names of RTP header extensions as they stand in SDP and in RTP parameters. */
public final class RtpHeaderExtensionUri {
    /** Media identification (RFC 9143 section 16.2). */
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    /** RTP stream id of a simulcast encoding (RFC 8852). */
    public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    /** The stream id that a retransmission stream repairs (RFC 8852). */
    public static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    /** 24 bits of the sender's clock, 6.18 fixed point seconds. */
    public static final String ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    /** Sequence number across all streams of a transport (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    public static final String TRANSPORT_WIDE_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    /** Audio level and voice activity of the packet (RFC 6464). */
    public static final String SSRC_AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    /** Coordination of video orientation (3GPP TS 26.114). */
    public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
    /** Transmission time offset (RFC 5450). */
    public static final String TIMESTAMP_OFFSET = "urn:ietf:params:rtp-hdrext:toffset";
    /** Capture time in the clock of the capturer. */
    public static final String ABS_CAPTURE_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
    /** Lowest and highest playout delay that the sender asks for. */
    public static final String PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
    /** Dependency descriptor (AV1 RTP payload format, appendix A). */
    public static final String DEPENDENCY_DESCRIPTOR =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    private RtpHeaderExtensionUri() {}
}
