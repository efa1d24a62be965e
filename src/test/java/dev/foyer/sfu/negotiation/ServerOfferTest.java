package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.protocol.sdp.ClientSdp;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import dev.foyer.protocol.sdp.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOfferTest {
    private static LocalSection fresh(String mid, MediaKind kind, List<RtpCapabilities> inUse) {
        return LocalSection.fresh(
                mid, kind, true, Negotiating.track(kind), SectionNumbers.fresh(kind, Negotiating.ROUTER, inUse));
    }

    private static LocalDescription offer() {
        return LocalDescription.offer(
                7,
                1,
                Negotiating.TRANSPORT,
                List.of(fresh("0", MediaKind.AUDIO, List.of()), fresh("1", MediaKind.VIDEO, List.of())));
    }

    @Test
    void offersTheRoutersOwnNumbers() throws SdpException {
        SessionDescription offer = SessionDescription.parse(offer().toSdp());

        assertEquals(List.of("100"), offer.media().get(0).line().formats());
        assertEquals(
                List.of(
                        "102", "103", "104", "105", "106", "107", "108", "109", "110", "111", "112", "113", "114",
                        "115"),
                offer.media().get(1).line().formats());
        assertEquals(Setup.ACTPASS, offer.media().get(0).transport().setup());
        assertEquals(List.of(List.of("0", "1")), offer.bundles());
        assertTrue(offer.iceLite());
        assertTrue(offer().toSdp().contains("a=fmtp:100 minptime=10;useinbandfec=1\r\n"));
    }

    @Test
    void readsTheClientsAnswer() throws NegotiationException {
        String answer = offer().toSdp().replace("a=ice-lite\r\n", "").replace("actpass", "active");
        RemoteDescription read = RemoteDescription.answer(answer, offer(), Negotiating.ROUTER);

        assertEquals("100 opus", Negotiating.codecs(read.sections().get(0).capabilities()));
        assertEquals(
                102,
                Objects.requireNonNull(read.sections().get(1).sent())
                        .codecs()
                        .getFirst()
                        .payloadType());
    }

    @Test
    void anAnswerHasTheOffersSections() {
        String chromium = ClientSdp.read("chromium-156-answer");

        LocalDescription one =
                LocalDescription.offer(7, 1, Negotiating.TRANSPORT, List.of(fresh("0", MediaKind.AUDIO, List.of())));
        LocalDescription swapped = LocalDescription.offer(
                7,
                1,
                Negotiating.TRANSPORT,
                List.of(fresh("0", MediaKind.VIDEO, List.of()), fresh("1", MediaKind.AUDIO, List.of())));
        assertEquals(
                "the answer has another number of sections than the offer",
                assertThrows(
                                NegotiationException.class,
                                () -> RemoteDescription.answer(chromium, one, Negotiating.ROUTER))
                        .getMessage());
        assertEquals(
                "section 0 of the answer is not that of the offer",
                assertThrows(
                                NegotiationException.class,
                                () -> RemoteDescription.answer(chromium, swapped, Negotiating.ROUTER))
                        .getMessage());
    }

    @Test
    void aStoppedSectionStaysStopped() throws NegotiationException {
        RemoteDescription known = Negotiating.offer("chromium-156-answer");
        LocalDescription offer = LocalDescription.offer(
                7,
                2,
                Negotiating.TRANSPORT,
                List.of(
                        LocalSection.offering(known.sections().get(0), true, null),
                        LocalSection.rejecting(known.sections().get(1))));

        assertTrue(offer.toSdp().contains("m=video 0 UDP/TLS/RTP/SAVPF"));
        assertThrows(
                NegotiationException.class,
                () -> RemoteDescription.answer(ClientSdp.read("chromium-156-answer"), offer, Negotiating.ROUTER));
    }

    /** Within a bundle a payload type means one codec and an extension id one extension. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chromium-156-camera",
                "firefox-153-camera",
                "safari-17-camera",
                "aiortc-1.4-publisher",
                "obs-30-whip",
                "gstreamer-1.22-whip"
            })
    void newSectionsUseTheClientsNumbersAndClashWithNone(String client) throws NegotiationException {
        List<RtpCapabilities> sections = new ArrayList<>();
        for (RemoteSection section : Negotiating.offer(client).sections()) {
            sections.add(section.capabilities());
        }
        sections.add(SectionNumbers.fresh(MediaKind.VIDEO, Negotiating.ROUTER, sections));
        sections.add(SectionNumbers.fresh(MediaKind.AUDIO, Negotiating.ROUTER, sections));

        Map<Integer, String> codecs = new HashMap<>();
        Map<Integer, String> extensions = new HashMap<>();
        for (RtpCapabilities section : sections) {
            for (RtpCodecCapability codec : section.codecs()) {
                Object detail = Codec.isRtx(codec.mimeType())
                        ? codec.parameters().get("apt")
                        : codec.mimeType().equals("video/VP9")
                                ? codec.parameters().getOrDefault("profile-id", 0)
                                : "";
                String meaning = codec.mimeType() + detail;
                String known = codecs.putIfAbsent(SectionCodecs.payloadType(codec), meaning);
                assertTrue(known == null || known.equals(meaning), client + " " + known + " " + meaning);
            }
            for (RtpHeaderExtension extension : section.headerExtensions()) {
                String known = extensions.putIfAbsent(extension.preferredId(), extension.uri());
                assertTrue(known == null || known.equals(extension.uri()), client + " " + extension);
            }
        }
        String video = Negotiating.codecs(sections.get(sections.size() - 2));
        assertEquals(14, video.split(",").length, video);
    }

    @Test
    void aSecondCameraIsOfferedByThePayloadTypesOfTheFirst() throws NegotiationException {
        RemoteDescription chromium = Negotiating.offer("chromium-156-camera");
        RtpCapabilities second = SectionNumbers.fresh(
                MediaKind.VIDEO,
                Negotiating.ROUTER,
                chromium.sections().stream().map(RemoteSection::capabilities).toList());

        assertTrue(Negotiating.codecs(second).startsWith("96 vp8, 97 rtx, 98 vp9, 99 rtx, 100 vp9, 101 rtx"));
        assertTrue(Negotiating.extensions(second).startsWith("4 mid, 10 rtp-stream-id"));
    }

    @Test
    void anExtensionIdThatIsTakenIsReplaced() {
        RtpCapabilities other = new RtpCapabilities(
                List.of(), List.of(new RtpHeaderExtension(MediaKind.AUDIO, "urn:else", 1, false, "sendrecv")));
        RtpCapabilities fresh = SectionNumbers.fresh(MediaKind.VIDEO, Negotiating.ROUTER, List.of(other));

        assertFalse(fresh.headerExtensions().stream().anyMatch(extension -> extension.preferredId() == 1));
        assertNotEquals(0, fresh.headerExtensions().getFirst().preferredId());
        assertEquals(
                fresh.headerExtensions().size(),
                fresh.headerExtensions().stream()
                        .map(RtpHeaderExtension::preferredId)
                        .distinct()
                        .count());
    }
}
