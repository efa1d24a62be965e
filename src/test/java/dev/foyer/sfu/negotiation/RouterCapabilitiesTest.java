package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCodecCapability;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouterCapabilitiesTest {
    @Test
    void numbersTheDefaultCodecsFromOneHundred() {
        List<String> codecs = RouterCapabilities.defaults().codecs().stream()
                .map(codec ->
                        codec.preferredPayloadType() + " " + codec.mimeType() + " " + new TreeMap<>(codec.parameters()))
                .toList();

        assertEquals(
                List.of(
                        "100 audio/opus {}",
                        "101 audio/red {}",
                        "102 video/VP8 {}",
                        "103 video/rtx {apt=102}",
                        "104 video/VP9 {profile-id=0}",
                        "105 video/rtx {apt=104}",
                        "106 video/VP9 {profile-id=2}",
                        "107 video/rtx {apt=106}",
                        "108 video/H264 {level-asymmetry-allowed=1, packetization-mode=1, profile-level-id=42e01f}",
                        "109 video/rtx {apt=108}",
                        "110 video/H264 {level-asymmetry-allowed=1, packetization-mode=1, profile-level-id=4d0032}",
                        "111 video/rtx {apt=110}",
                        "112 video/H264 {level-asymmetry-allowed=1, packetization-mode=1, profile-level-id=640032}",
                        "113 video/rtx {apt=112}",
                        "114 video/AV1 {}",
                        "115 video/rtx {apt=114}"),
                codecs);
    }

    @Test
    void listsHeaderExtensionsWithMediasoupsIds() {
        List<String> extensions = RouterCapabilities.defaults().headerExtensions().stream()
                .map(extension -> extension.preferredId() + " " + extension.kind() + " " + extension.direction() + " "
                        + extension.uri().replaceAll(".*[:/]", ""))
                .toList();

        assertEquals(
                List.of(
                        "1 audio sendrecv mid",
                        "1 video sendrecv mid",
                        "2 video recvonly rtp-stream-id",
                        "3 video recvonly repaired-rtp-stream-id",
                        "4 audio sendrecv abs-send-time",
                        "4 video sendrecv abs-send-time",
                        "5 audio recvonly draft-holmer-rmcat-transport-wide-cc-extensions-01",
                        "5 video sendrecv draft-holmer-rmcat-transport-wide-cc-extensions-01",
                        "8 video recvonly #dependency-descriptor-rtp-header-extension",
                        "10 audio sendrecv ssrc-audio-level",
                        "11 video sendrecv video-orientation",
                        "12 video sendrecv toffset",
                        "13 audio sendrecv abs-capture-time",
                        "13 video sendrecv abs-capture-time",
                        "14 audio sendrecv playout-delay",
                        "14 video sendrecv playout-delay"),
                extensions);
    }

    @Test
    void givesVideoItsFeedbackWhateverIsAskedFor() throws NegotiationException {
        RtpCodecCapability vp8 = RouterCapabilities.of(List.of(codec("video/vp8", null, 90_000)))
                .codecs()
                .getFirst();

        assertEquals("video/VP8", vp8.mimeType());
        assertEquals(
                List.of("nack ", "nack pli", "ccm fir", "goog-remb ", "transport-cc "),
                vp8.rtcpFeedback().stream()
                        .map(message -> message.type() + " " + message.parameter())
                        .toList());
    }

    @Test
    void keepsChosenPayloadTypesAndNumbersTheOthersAroundThem() throws NegotiationException {
        List<Integer> payloadTypes = RouterCapabilities.of(List.of(
                        codec("video/VP8", null, 90_000),
                        codec("video/AV1", 101, 90_000),
                        codec("audio/PCMU", null, 8000)))
                .codecs()
                .stream()
                .map(RtpCodecCapability::preferredPayloadType)
                .toList();

        assertEquals(List.of(100, 102, 101, 103, 0), payloadTypes);
    }

    @Test
    void refusesWhatItCannotForwardOrNumber() {
        assertRefused(NegotiationError.UNSUPPORTED, List.of(codec("video/theora", null, 90_000)));
        assertRefused(NegotiationError.UNSUPPORTED, List.of(codec("audio/opus", null, 16_000)));
        assertRefused(
                NegotiationError.INVALID, List.of(codec("video/VP8", 100, 90_000), codec("video/VP9", 100, 90_000)));
        assertRefused(NegotiationError.INVALID, List.of(codec("video/VP8", 128, 90_000)));
        assertRefused(NegotiationError.INVALID, Collections.nCopies(17, codec("video/VP8", null, 90_000)));
    }

    @Test
    void usesEveryDynamicPayloadTypeBeforeGivingUp() throws NegotiationException {
        List<RtpCodecCapability> codecs = RouterCapabilities.of(
                        Collections.nCopies(16, codec("video/VP8", null, 90_000)))
                .codecs();

        assertEquals(127, codecs.get(27).preferredPayloadType());
        assertEquals(96, codecs.get(28).preferredPayloadType());
        assertEquals(99, codecs.get(31).preferredPayloadType());
    }

    private static void assertRefused(NegotiationError error, List<RtpCodecCapability> codecs) {
        assertEquals(
                error,
                assertThrows(NegotiationException.class, () -> RouterCapabilities.of(codecs))
                        .error());
    }

    private static RtpCodecCapability codec(String mimeType, @Nullable Integer payloadType, int clockRate) {
        return new RtpCodecCapability(MediaKind.VIDEO, mimeType, payloadType, clockRate, null, Map.of(), List.of());
    }
}
