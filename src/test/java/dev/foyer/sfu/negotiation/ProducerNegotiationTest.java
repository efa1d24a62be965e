package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerNegotiationTest {
    private static final RtpCapabilities ROUTER = RouterCapabilities.defaults();

    @ParameterizedTest
    @CsvSource({
        "chromium-156, audio, audio/opus 100, SIMPLE",
        "chromium-156, video-vp8, video/VP8 102 video/rtx 103, SIMPLE",
        "chromium-156, video-vp8-simulcast, video/VP8 102 video/rtx 103, SIMULCAST",
        "chromium-156, video-vp9-svc, video/VP9 104 video/rtx 105, SVC",
        "chromium-156, video-vp9-profile2, video/VP9 106 video/rtx 107, SIMPLE",
        "chromium-156, video-h264-baseline, video/H264 108 video/rtx 109, SIMPLE",
        "chromium-156, video-h264-main, video/H264 110 video/rtx 111, SIMPLE",
        "chromium-156, video-av1, video/AV1 114 video/rtx 115, SVC",
        "firefox-153-esr, audio, audio/opus 100, SIMPLE",
        "firefox-153-esr, video-vp8, video/VP8 102 video/rtx 103, SIMPLE",
        "firefox-153-esr, video-vp8-simulcast, video/VP8 102 video/rtx 103, SIMULCAST",
        "firefox-153-esr, video-vp9-svc, video/VP9 104 video/rtx 105, SVC",
        "firefox-153-esr, video-av1, video/AV1 114 video/rtx 115, SVC",
    })
    void bringsBrowsersToTheRoutersPayloadTypes(String browser, String produced, String codecs, ConsumerType type)
            throws NegotiationException {
        BrowserRecording recording = BrowserRecording.ALL.stream()
                .filter(each -> each.name().equals(browser))
                .findFirst()
                .orElseThrow();
        ProducerNegotiation negotiation = negotiate(recording, produced);

        StringBuilder consumable = new StringBuilder();
        for (RtpCodecParameters codec : negotiation.consumable().codecs()) {
            consumable
                    .append(codec.mimeType())
                    .append(' ')
                    .append(codec.payloadType())
                    .append(' ');
        }
        assertEquals(codecs, consumable.toString().strip());
        assertEquals(type, negotiation.type());
        List<RtpCodecParameters> given = recording.parameters(produced).codecs();
        for (int i = 0; i < given.size(); i++) {
            assertEquals(
                    negotiation.consumable().codecs().get(i).payloadType(),
                    negotiation.mapping().payloadTypes().get(given.get(i).payloadType()));
        }
    }

    @Test
    void mapsEachEncodingToAnSsrcOfTheRouter() throws NegotiationException {
        ProducerNegotiation negotiation = negotiate(BrowserRecording.CHROMIUM, "video-vp8-simulcast");
        List<ProducerMapping.Encoding> encodings = negotiation.mapping().encodings();
        long first = encodings.getFirst().mappedSsrc();

        assertEquals(
                List.of(
                        new ProducerMapping.Encoding(null, "r0", "L1T3", first),
                        new ProducerMapping.Encoding(null, "r1", "L1T3", first + 1),
                        new ProducerMapping.Encoding(null, "r2", "L1T3", first + 2)),
                encodings);
        assertEquals(
                List.of(first, first + 1, first + 2),
                negotiation.consumable().encodings().stream()
                        .map(encoding -> encoding.ssrc())
                        .toList());
        assertNull(negotiation.consumable().encodings().getFirst().rid());
        assertEquals(900_000, negotiation.consumable().encodings().getLast().maxBitrate());
    }

    @Test
    void mapsTheHeaderExtensionsThatTheRouterKnowsForTheKind() throws NegotiationException {
        assertEquals(
                Map.of(9, 1, 10, 2, 11, 3, 2, 4, 4, 5, 13, 8, 3, 11, 1, 12, 12, 13, 5, 14),
                negotiate(BrowserRecording.CHROMIUM, "video-vp8-simulcast")
                        .mapping()
                        .headerExtensionIds());
        assertEquals(
                Map.of(3, 1, 7, 5, 1, 10),
                negotiate(BrowserRecording.FIREFOX, "audio").mapping().headerExtensionIds());
    }

    @Test
    void leavesUnknownHeaderExtensionsOut() throws NegotiationException {
        ProducerNegotiation negotiation = negotiate("""
                {"codecs":[{"mimeType":"audio/opus","payloadType":111,"clockRate":48000,"channels":2}],
                 "headerExtensions":[{"uri":"urn:example:unknown","id":3},{"uri":"urn:3gpp:video-orientation","id":4}],
                 "encodings":[{"ssrc":7}]}""");

        assertEquals(Map.of(), negotiation.mapping().headerExtensionIds());
    }

    @Test
    void offersConsumersOnlyWhatTheRouterSends() throws NegotiationException {
        List<Integer> ids =
                negotiate(BrowserRecording.CHROMIUM, "video-vp8-simulcast").consumable().headerExtensions().stream()
                        .map(extension -> extension.id())
                        .toList();

        assertEquals(List.of(1, 4, 5, 11, 12, 13, 14), ids);
    }

    @Test
    void keepsTheProducersCodecParametersAndTheRoutersFeedback() throws NegotiationException {
        RtpCodecParameters opus = negotiate(BrowserRecording.FIREFOX, "audio")
                .consumable()
                .codecs()
                .getFirst();

        assertEquals(Map.of("maxplaybackrate", 48_000, "stereo", 1, "useinbandfec", 1), opus.parameters());
        assertEquals(ROUTER.codecs().getFirst().rtcpFeedback(), opus.rtcpFeedback());
    }

    @Test
    void renumbersRedWithTheOpusInIt() throws NegotiationException {
        RtpParameters consumable = negotiate("""
                        {"codecs":[
                          {"mimeType":"audio/opus","payloadType":111,"clockRate":48000,"channels":2},
                          {"mimeType":"audio/red","payloadType":63,"clockRate":48000,"channels":2,
                           "parameters":{"111/111":""}}],
                         "encodings":[{"ssrc":7}]}""").consumable();

        assertEquals(101, consumable.codecs().get(1).payloadType());
        assertEquals(Map.of("100/100", ""), consumable.codecs().get(1).parameters());
    }

    @Test
    void givesConsumersRtxThoughTheProducerHasNone() throws NegotiationException {
        RtpParameters consumable = ProducerNegotiation.of(
                        MediaKind.VIDEO,
                        OrtcJson.parameters(OrtcJson.MAPPER.readTree("""
                                {"codecs":[{"mimeType":"video/VP8","payloadType":96,"clockRate":90000}],
                                 "encodings":[{"ssrc":7}]}""")),
                        ROUTER,
                        null,
                        new Random(1))
                .consumable();

        assertEquals("video/rtx", consumable.codecs().get(1).mimeType());
    }

    @Test
    void takesTheTransportsCnameElseTheClientsElseARandomOne() throws NegotiationException {
        RtpParameters audio = BrowserRecording.CHROMIUM.parameters("audio");
        RtpParameters simulcast = BrowserRecording.CHROMIUM.parameters("video-vp8-simulcast");

        assertEquals("", simulcast.rtcp().cname());
        assertEquals(audio.rtcp().cname(), cname(MediaKind.AUDIO, audio, null));
        assertEquals("shared", cname(MediaKind.AUDIO, audio, "shared"));
        assertEquals("shared", cname(MediaKind.VIDEO, simulcast, "shared"));
        assertTrue(cname(MediaKind.VIDEO, simulcast, null).matches("[0-9a-f]{16}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mimeType\":\"audio/opus\",\"payloadType\":111,\"clockRate\":48000}",
                "{\"mimeType\":\"audio/PCMU\",\"payloadType\":0,\"clockRate\":8000}",
                "{\"mimeType\":\"audio/x\",\"payloadType\":111,\"clockRate\":48000,\"channels\":2}",
            })
    void refusesCodecsThatTheRouterLacks(String codec) {
        NegotiationException refusal = assertThrows(
                NegotiationException.class,
                () -> negotiate("{\"codecs\":[" + codec + "],\"encodings\":[{\"ssrc\":1}]}"));

        assertEquals(NegotiationError.UNSUPPORTED, refusal.error());
    }

    private static String cname(MediaKind kind, RtpParameters parameters, String transportCname)
            throws NegotiationException {
        return ProducerNegotiation.of(kind, parameters, ROUTER, transportCname, new Random(1))
                .consumable()
                .rtcp()
                .cname();
    }

    private static ProducerNegotiation negotiate(BrowserRecording browser, String produced)
            throws NegotiationException {
        return ProducerNegotiation.of(
                browser.kind(produced), browser.parameters(produced), ROUTER, null, new Random(1));
    }

    private static ProducerNegotiation negotiate(String audioParameters) throws NegotiationException {
        RtpParameters parameters = OrtcJson.parameters(OrtcJson.MAPPER.readTree(audioParameters));
        return ProducerNegotiation.of(MediaKind.AUDIO, parameters, ROUTER, null, new Random(1));
    }
}
