package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpParameters;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerNegotiationTest {
    private static final String TRANSPORT_WIDE_CC = RouterHeaderExtension.TRANSPORT_WIDE_CC.uri();
    private static final String ABS_SEND_TIME = RouterHeaderExtension.ABS_SEND_TIME.uri();
    private static final RtpCapabilities CHROMIUM = BrowserRecording.CHROMIUM.capabilities();
    private static final RtpCapabilities FIREFOX = BrowserRecording.FIREFOX.capabilities();

    @ParameterizedTest
    @ValueSource(strings = {"audio", "video-vp8", "video-vp8-simulcast", "video-vp9-svc", "video-av1"})
    void letsEveryBrowserReceiveEveryOther(String produced) throws NegotiationException {
        for (BrowserRecording sender : BrowserRecording.ALL) {
            RtpParameters consumable = consumable(sender, produced);
            for (BrowserRecording receiver : BrowserRecording.ALL) {
                assertTrue(ConsumerNegotiation.canConsume(consumable, receiver.capabilities()));
                RtpParameters consumer = consume(consumable, receiver.capabilities());
                assertEquals(
                        consumable.codecs().getFirst().payloadType(),
                        consumer.codecs().getFirst().payloadType());
                assertEquals("7", consumer.mid());
                assertEquals(consumable.rtcp(), consumer.rtcp());
                assertEquals(sender.parameters(produced).msid(), consumer.msid());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"video-vp9-profile2", "video-h264-baseline", "video-h264-main"})
    void refusesWhatTheReceiverCannotDecode(String produced) throws NegotiationException {
        RtpParameters consumable = consumable(BrowserRecording.CHROMIUM, produced);

        assertTrue(ConsumerNegotiation.canConsume(consumable, CHROMIUM));
        assertFalse(ConsumerNegotiation.canConsume(consumable, FIREFOX));
        assertEquals(
                NegotiationError.UNSUPPORTED,
                assertThrows(NegotiationException.class, () -> consume(consumable, FIREFOX))
                        .error());
    }

    @Test
    void receivesNothingWithInvalidCapabilities() throws NegotiationException {
        RtpParameters consumable = consumable(BrowserRecording.CHROMIUM, "audio");
        RtpCodecCapability opus = CHROMIUM.codecs().getFirst();

        assertFalse(ConsumerNegotiation.canConsume(consumable, new RtpCapabilities(List.of(opus, opus), List.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "video-vp8, ",
        "video-vp8-simulcast, L3T3",
        "video-vp8-simulcast-l1t1, L3T1",
        "video-vp9-svc, L3T3_KEY",
        "video-av1, L1T3",
    })
    void sendsOneEncodingThatShowsAllLayers(String produced, String scalabilityMode) throws NegotiationException {
        RtpParameters consumable = consumable(BrowserRecording.CHROMIUM, produced);
        List<RtpEncodingParameters> encodings = consume(consumable, CHROMIUM).encodings();

        assertEquals(1, encodings.size());
        RtpEncodingParameters encoding = encodings.getFirst();
        assertEquals(scalabilityMode, encoding.scalabilityMode());
        assertEquals(encoding.ssrc() + 1, encoding.rtx().ssrc());
        assertFalse(
                consumable.encodings().stream().anyMatch(mapped -> mapped.ssrc().equals(encoding.ssrc())));
    }

    @Test
    void honoursTheHighestBitrateOfAnyEncoding() throws NegotiationException {
        RtpParameters consumable = consumable(BrowserRecording.CHROMIUM, "video-vp8-simulcast");

        assertEquals(
                900_000, consume(consumable, CHROMIUM).encodings().getFirst().maxBitrate());
    }

    @Test
    void keepsOneWayOfBandwidthEstimation() throws NegotiationException {
        RtpParameters consumable = consumable(BrowserRecording.CHROMIUM, "video-vp8");

        assertEquals(Set.of("nack ", "nack pli", "ccm fir", "transport-cc "), feedback(consume(consumable, CHROMIUM)));
        assertEquals(
                Set.of("nack ", "nack pli", "ccm fir", "goog-remb "),
                feedback(consume(consumable, without(TRANSPORT_WIDE_CC))));
        assertEquals(
                Set.of("nack ", "nack pli", "ccm fir"),
                feedback(consume(consumable, without(TRANSPORT_WIDE_CC, ABS_SEND_TIME))));
    }

    @Test
    void takesHeaderExtensionsInCommonWhicheverKindTheClientListsThemUnder() throws NegotiationException {
        // The recording lists MID under video only; audio needs it as much.
        RtpParameters consumer = consume(consumable(BrowserRecording.CHROMIUM, "audio"), CHROMIUM);

        assertEquals(
                List.of(1, 4, 10, 14),
                consumer.headerExtensions().stream()
                        .map(extension -> extension.id())
                        .toList());
    }

    @Test
    void leavesHeaderExtensionsOutThatTheClientNumbersOtherwise() throws NegotiationException {
        RtpCapabilities renumbered = new RtpCapabilities(
                CHROMIUM.codecs(),
                CHROMIUM.headerExtensions().stream()
                        .map(extension -> new RtpHeaderExtension(
                                extension.kind(), extension.uri(), extension.preferredId() + 1, false, "sendrecv"))
                        .toList());

        assertEquals(
                List.of(),
                consume(consumable(BrowserRecording.CHROMIUM, "audio"), renumbered)
                        .headerExtensions());
    }

    @Test
    void sendsNoRtxToAClientWithoutIt() throws NegotiationException {
        RtpCapabilities withoutRtx = codecs(codec -> !Codec.isRtx(codec.mimeType()));
        RtpParameters consumer = consume(consumable(BrowserRecording.CHROMIUM, "video-vp8"), withoutRtx);

        assertEquals(1, consumer.codecs().size());
        assertNull(consumer.encodings().getFirst().rtx());
        assertTrue(feedback(consumer).contains("nack "));
    }

    @Test
    void sendsNoRtxToAClientThatHasItForAnotherCodec() throws NegotiationException {
        RtpCapabilities otherRtx = codecs(codec -> !Codec.isRtx(codec.mimeType())
                || FormatParameters.integer(codec.parameters(), FormatParameters.APT, -1) == 104);
        RtpParameters consumer = consume(consumable(BrowserRecording.CHROMIUM, "video-vp8"), otherRtx);

        assertNull(consumer.encodings().getFirst().rtx());
    }

    @Test
    void retransmitsOnlyWhenTold() throws NegotiationException {
        RtpParameters video = consumable(BrowserRecording.CHROMIUM, "video-vp8");
        RtpParameters plain = ConsumerNegotiation.consumer(video, CHROMIUM, false, null, new Random(1));

        assertEquals(1, plain.codecs().size());
        assertNull(plain.encodings().getFirst().rtx());
        assertEquals(Set.of("nack pli", "ccm fir", "transport-cc "), feedback(plain));
        assertNull(plain.mid());
        RtpParameters audio = consumable(BrowserRecording.CHROMIUM, "audio");
        assertEquals(Set.of("nack "), feedback(consume(audio, CHROMIUM)));
        assertEquals(Set.of(), feedback(ConsumerNegotiation.consumer(audio, CHROMIUM, false, null, new Random(1))));
    }

    @Test
    void sendsRedOnlyWhereItNamesTheOpusBesideIt() throws NegotiationException {
        RtpParameters consumable = ProducerNegotiation.of(
                        MediaKind.AUDIO,
                        OrtcJson.parameters(OrtcJson.MAPPER.readTree("""
                                {"codecs":[
                                  {"mimeType":"audio/opus","payloadType":111,"clockRate":48000,"channels":2},
                                  {"mimeType":"audio/red","payloadType":63,"clockRate":48000,"channels":2}],
                                 "encodings":[{"ssrc":7}]}""")),
                        RouterCapabilities.defaults(),
                        null,
                        new Random(1))
                .consumable();
        RtpCapabilities fromSdp = OrtcJson.capabilities(OrtcJson.MAPPER.readTree("""
                        {"codecs":[
                          {"mimeType":"audio/opus","preferredPayloadType":111,"clockRate":48000,"channels":2},
                          {"mimeType":"audio/red","preferredPayloadType":63,"clockRate":48000,"channels":2,
                           "parameters":{"111/111":""}}]}"""));

        assertEquals(List.of("audio/opus", "audio/red"), mimeTypes(consume(consumable, fromSdp)));
        assertEquals(List.of("audio/opus"), mimeTypes(consume(consumable, CHROMIUM)));
        assertEquals(List.of("audio/opus"), mimeTypes(consume(consumable, FIREFOX)));
    }

    private static RtpParameters consumable(BrowserRecording browser, String produced) throws NegotiationException {
        return ProducerNegotiation.of(
                        browser.kind(produced),
                        browser.parameters(produced),
                        RouterCapabilities.defaults(),
                        null,
                        new Random(1))
                .consumable();
    }

    private static RtpParameters consume(RtpParameters consumable, RtpCapabilities remote) throws NegotiationException {
        return ConsumerNegotiation.consumer(consumable, remote, true, "7", new Random(2));
    }

    private static RtpCapabilities without(String... uris) {
        return new RtpCapabilities(
                CHROMIUM.codecs(),
                CHROMIUM.headerExtensions().stream()
                        .filter(extension -> !Set.of(uris).contains(extension.uri()))
                        .toList());
    }

    private static RtpCapabilities codecs(Predicate<RtpCodecCapability> kept) {
        return new RtpCapabilities(CHROMIUM.codecs().stream().filter(kept).toList(), CHROMIUM.headerExtensions());
    }

    private static Set<String> feedback(RtpParameters parameters) {
        return parameters.codecs().getFirst().rtcpFeedback().stream()
                .map(message -> message.type() + " " + message.parameter())
                .collect(Collectors.toSet());
    }

    private static List<String> mimeTypes(RtpParameters parameters) {
        return parameters.codecs().stream().map(RtpCodecParameters::mimeType).toList();
    }
}
