package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.sdp.ClientSdp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteDescriptionTest {
    /** Each encoding as {@code ssrc+rtx} or as its rid. */
    private static String encodings(RtpParameters sent) {
        List<String> encodings = new ArrayList<>();
        for (RtpEncodingParameters encoding : sent.encodings()) {
            RtpEncodingParameters.Rtx rtx = encoding.rtx();
            encodings.add(
                    encoding.rid() != null
                            ? String.valueOf(encoding.rid())
                            : encoding.ssrc() + (rtx == null ? "" : "+" + rtx.ssrc()));
        }
        return String.join(" ", encodings);
    }

    private static RtpParameters sent(RemoteSection section) {
        return Objects.requireNonNull(section.sent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chromium-156-camera|111 opus|96 vp8, 97 rtx, 108 h264, 109 rtx, 116 h264, 117 rtx, 45 av1, 46 rtx, 98 vp9,"
                        + " 99 rtx, 100 vp9, 101 rtx",
                "firefox-153-camera|109 opus|120 vp8, 124 rtx, 121 vp9, 125 rtx, 99 av1, 100 rtx",
                "safari-17-camera|111 opus|98 h264, 99 rtx, 100 vp8, 101 rtx, 125 vp9, 104 rtx, 124 vp9, 106 rtx",
                "aiortc-1.4-publisher|96 opus|97 vp8, 98 rtx, 101 h264, 102 rtx",
                "obs-30-whip|111 opus|96 h264",
                "ffmpeg-7-whip|111 opus|106 h264",
            })
    void findsTheCodecsInCommonInTheClientsOrderAndNumbers(String client, String audio, String video)
            throws NegotiationException {
        RemoteDescription offer = Negotiating.offer(client);

        assertEquals(audio, Negotiating.codecs(offer.sections().get(0).capabilities()));
        assertEquals(video, Negotiating.codecs(offer.sections().get(1).capabilities()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chromium-156-camera|2926487154|19032509+197217582|SIMPLE",
                "chromium-156-simulcast|3129320138|q h f|SIMULCAST",
                "chromium-156-simulcast-by-ssrc|2926487154|19032509+197217582 1111111101+1111111102 1111111103+1111111104"
                        + "|SIMULCAST",
                "firefox-153-simulcast|2056888335|q h f|SIMULCAST",
                "aiortc-1.4-publisher|1596795946|1969213995+1959704088|SIMPLE",
                "obs-30-whip|2914736180|2914736181|SIMPLE",
                "ffmpeg-7-whip|3748291057|1263847950|SIMPLE",
            })
    void findsTheEncodingsThatAProducerIsMadeOf(String client, String audio, String video, ConsumerType type)
            throws NegotiationException {
        RemoteDescription offer = Negotiating.offer(client);

        assertEquals(audio, encodings(sent(offer.sections().get(0))));
        assertEquals(video, encodings(sent(offer.sections().get(1))));
        RemoteSection section = offer.sections().get(1);
        ProducerNegotiation negotiation = ProducerNegotiation.of(
                Objects.requireNonNull(section.kind()), sent(section), Negotiating.ROUTER, null, new Random(1));
        assertEquals(type, negotiation.type());
    }

    @Test
    void everySectionThatSendsCanBecomeAProducer() throws NegotiationException {
        int producers = 0;
        for (String client : ClientSdp.ALL) {
            for (RemoteSection section : Negotiating.offer(client).sections()) {
                RtpParameters sent = section.sent();
                if (sent != null) {
                    ProducerNegotiation.of(
                            Objects.requireNonNull(section.kind()), sent, Negotiating.ROUTER, null, new Random(1));
                    producers++;
                }
            }
        }
        assertTrue(producers > 20, producers + " producers");
    }

    @Test
    void readsTheTransportOfChromium() throws NegotiationException {
        RemoteDescription offer = Negotiating.offer("chromium-156-simulcast");
        RemoteTransport transport = Objects.requireNonNull(offer.transport());

        assertEquals("3071178349497595220", offer.sessionId());
        assertEquals("4RSu", transport.iceParameters().usernameFragment());
        assertEquals("kQqqHfkNsnUwmH5tFA23zl5/", transport.iceParameters().password());
        assertEquals(DtlsRole.AUTO, transport.dtlsParameters().role());
        assertEquals(
                "sha-256", transport.dtlsParameters().fingerprints().getFirst().algorithm());
        assertTrue(offer.bundled());
    }

    @Test
    void takesTheTransportOfTheBundlesFirstSectionWhereEachHasItsOwn() throws NegotiationException {
        RemoteTransport transport =
                Objects.requireNonNull(Negotiating.offer("aiortc-1.4-publisher").transport());

        assertEquals("oNbZ", transport.iceParameters().usernameFragment());
    }

    @Test
    void knowsWhoOpensTheHandshake() throws NegotiationException {
        assertEquals(DtlsRole.SERVER, role("ffmpeg-7-whip"));
        assertEquals(DtlsRole.AUTO, role("obs-30-whip"));
        assertEquals(DtlsRole.CLIENT, role("chromium-156-answer"));
    }

    private static DtlsRole role(String client) throws NegotiationException {
        return Objects.requireNonNull(Negotiating.offer(client).transport())
                .dtlsParameters()
                .role();
    }

    @Test
    void acceptsSectionsThatLiveInTheBundleOnly() throws NegotiationException {
        RemoteSection firefox =
                Negotiating.offer("firefox-153-simulcast").sections().get(1);
        RemoteSection gstreamer =
                Negotiating.offer("gstreamer-1.22-whip").sections().get(1);

        assertTrue(firefox.acceptable());
        assertTrue(gstreamer.acceptable());
        assertEquals("97 opus", Negotiating.codecs(gstreamer.capabilities()));
    }

    @Test
    void tellsWhoIsViewerAndWhoPublishes() throws NegotiationException {
        for (RemoteSection section : Negotiating.offer("firefox-153-viewer").sections()) {
            assertTrue(section.receives() && !section.sends());
            assertNull(section.sent());
        }
        for (RemoteSection section : Negotiating.offer("obs-30-whip").sections()) {
            assertTrue(section.sends() && !section.receives());
            assertNotNull(section.sent());
        }
    }

    @Test
    void namesStreamsAndTracks() throws NegotiationException {
        assertEquals(
                "obs-stream obs-video",
                sent(Negotiating.offer("obs-30-whip").sections().get(1)).msid());
        assertEquals(
                "user3344942761@host-c94f3a9d webrtctransceiver0",
                sent(Negotiating.offer("gstreamer-1.22-whip").sections().get(0)).msid());
        assertEquals(
                "cnQDuduxswagnUSM",
                sent(Negotiating.offer("chromium-156-camera").sections().get(1))
                        .rtcp()
                        .cname());
    }

    @Test
    void keepsDataChannelsInPlaceWithoutAcceptingThem() throws NegotiationException {
        RemoteSection data = Negotiating.offer("chromium-156-camera").sections().get(2);

        assertEquals("application", data.line().media());
        assertFalse(data.rejected());
        assertFalse(data.acceptable());
        assertNull(data.kind());
    }

    @Test
    void anExtensionIdWithTwoMeaningsIsAcceptedForNeither() throws NegotiationException {
        RemoteDescription offer = Negotiating.offer("aiortc-1.4-publisher");

        assertEquals("1 mid", Negotiating.extensions(offer.sections().get(0).capabilities()));
        assertEquals("1 mid", Negotiating.extensions(offer.sections().get(1).capabilities()));
    }

    @Test
    void extensionDirectionsOfFirefoxAreMirrored() throws NegotiationException {
        RemoteSection video =
                Negotiating.offer("firefox-153-simulcast").sections().get(1);

        assertEquals(
                List.of("recvonly", "recvonly"),
                video.capabilities().headerExtensions().stream()
                        .filter(extension -> extension.uri().endsWith("stream-id"))
                        .map(extension -> extension.direction())
                        .toList());
        // Offered recvonly: the router may send it, and expects none.
        assertEquals(
                "sendonly",
                video.capabilities().headerExtensions().stream()
                        .filter(extension -> extension.uri().endsWith("playout-delay"))
                        .findFirst()
                        .orElseThrow()
                        .direction());
        assertTrue(sent(video).headerExtensions().stream()
                .noneMatch(extension -> extension.uri().endsWith("playout-delay")));
    }

    @Test
    void aNumberThatLooksLikeAProfileStaysText() throws NegotiationException {
        RemoteSection video = RemoteDescription.offer(
                        ClientSdp.read("obs-30-whip").replace("42e01f", "640032"), Negotiating.ROUTER)
                .sections()
                .get(1);

        assertEquals(
                "640032", video.capabilities().codecs().getFirst().parameters().get("profile-level-id"));
        assertEquals(1, video.capabilities().codecs().getFirst().parameters().get("packetization-mode"));
    }
}
