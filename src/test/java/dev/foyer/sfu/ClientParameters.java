package dev.foyer.sfu;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.rtp.RtpHeaderExtensionUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parameters as mediasoup-client in Chromium sends them, with payload types and extension ids of its own. */
public final class ClientParameters {
    public static final int OPUS = 111;
    public static final int VP8 = 96;
    public static final int VP8_RTX = 97;
    public static final int MID_ID = 9;
    public static final int RID_ID = 10;
    public static final int REPAIRED_RID_ID = 11;
    public static final int AUDIO_LEVEL_ID = 1;
    public static final int TRANSPORT_WIDE_ID = 3;

    private static final List<RtpHeaderExtensionParameters> AUDIO_EXTENSIONS = List.of(
            extension(RtpHeaderExtensionUri.MID, MID_ID),
            extension(RtpHeaderExtensionUri.SSRC_AUDIO_LEVEL, AUDIO_LEVEL_ID));

    private static final List<RtpHeaderExtensionParameters> VIDEO_EXTENSIONS = List.of(
            extension(RtpHeaderExtensionUri.MID, MID_ID),
            extension(RtpHeaderExtensionUri.RID, RID_ID),
            extension(RtpHeaderExtensionUri.REPAIRED_RID, REPAIRED_RID_ID),
            extension(RtpHeaderExtensionUri.TRANSPORT_WIDE_CC, TRANSPORT_WIDE_ID));

    private ClientParameters() {}

    private static RtpHeaderExtensionParameters extension(String uri, int id) {
        return new RtpHeaderExtensionParameters(uri, id, false, Map.of());
    }

    public static RtpParameters opus(String mid, Long ssrc) {
        return new RtpParameters(
                mid,
                List.of(new RtpCodecParameters(
                        "audio/opus", OPUS, 48_000, 2, Map.of(), List.of(new RtcpFeedback("transport-cc", "")))),
                AUDIO_EXTENSIONS,
                List.of(new RtpEncodingParameters(ssrc, null, null, null, false, null, null)),
                new RtcpParameters("client", true));
    }

    /** One encoding with an RTX ssrc one higher than its own, or neither when {@code ssrc} is null. */
    public static RtpParameters vp8(String mid, Long ssrc) {
        return vp8(
                mid,
                List.of(new RtpEncodingParameters(
                        ssrc,
                        null,
                        null,
                        ssrc == null ? null : new RtpEncodingParameters.Rtx(ssrc + 1),
                        false,
                        null,
                        null)));
    }

    /** Encodings known by their rids only. */
    public static RtpParameters vp8Simulcast(String mid, String... rids) {
        List<RtpEncodingParameters> encodings = new ArrayList<>();
        for (String rid : rids) {
            encodings.add(new RtpEncodingParameters(null, rid, null, null, false, "L1T3", null));
        }
        return vp8(mid, encodings);
    }

    private static RtpParameters vp8(String mid, List<RtpEncodingParameters> encodings) {
        List<RtcpFeedback> feedback = List.of(
                new RtcpFeedback("nack", ""),
                new RtcpFeedback("nack", "pli"),
                new RtcpFeedback("ccm", "fir"),
                new RtcpFeedback("transport-cc", ""));
        return new RtpParameters(
                mid,
                List.of(
                        new RtpCodecParameters("video/VP8", VP8, 90_000, null, Map.of(), feedback),
                        new RtpCodecParameters("video/rtx", VP8_RTX, 90_000, null, Map.of("apt", VP8), List.of())),
                VIDEO_EXTENSIONS,
                encodings,
                new RtcpParameters("client", true));
    }

    /** A client that can receive all that a router sends. */
    public static RtpCapabilities capabilities(RtpCapabilities router) {
        return new RtpCapabilities(
                router.codecs(),
                router.headerExtensions().stream()
                        .filter(extension -> extension.kind() == MediaKind.VIDEO
                                || !extension.uri().equals(RtpHeaderExtensionUri.TRANSPORT_WIDE_CC))
                        .toList());
    }
}
