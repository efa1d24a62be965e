package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SectionSendingTest {
    private static RtpParameters consumable(String client, int section) throws NegotiationException {
        RemoteSection sender = Negotiating.offer(client).sections().get(section);
        return ProducerNegotiation.of(
                        Objects.requireNonNull(sender.kind()),
                        Objects.requireNonNull(sender.sent()),
                        Negotiating.ROUTER,
                        null,
                        new Random(1))
                .consumable();
    }

    private static SectionSending send(RtpParameters consumable, String to, int section) throws NegotiationException {
        RemoteSection receiver = Negotiating.offer(to).sections().get(section);
        return SectionSending.of(
                consumable,
                receiver.capabilities(),
                receiver.mid(),
                Negotiating.track(Objects.requireNonNull(receiver.kind())));
    }

    @Test
    void sendsInTheReceiversNumbersUnderTheGivenNames() throws NegotiationException {
        SectionSending sending = send(consumable("firefox-153-simulcast", 1), "chromium-156-camera", 1);
        RtpParameters parameters = sending.rtpParameters();

        assertEquals(102, sending.routerPayloadType());
        assertEquals("1", parameters.mid());
        assertEquals("video/VP8", parameters.codecs().get(0).mimeType());
        assertEquals(96, parameters.codecs().get(0).payloadType());
        assertEquals(97, parameters.codecs().get(1).payloadType());
        assertEquals(96, parameters.codecs().get(1).parameters().get("apt"));
        RtpEncodingParameters encoding = parameters.encodings().getFirst();
        assertEquals(2000L, encoding.ssrc());
        assertEquals(new RtpEncodingParameters.Rtx(2001), encoding.rtx());
        assertEquals("L3T1", encoding.scalabilityMode());
        assertEquals("cname", parameters.rtcp().cname());
        assertEquals("ada camera", parameters.msid());
        assertTrue(parameters.codecs().get(0).rtcpFeedback().contains(new RtcpFeedback("transport-cc", "")));
        assertFalse(parameters.codecs().get(0).rtcpFeedback().contains(new RtcpFeedback("goog-remb", "")));
    }

    @Test
    void usesTheReceiversExtensionIds() throws NegotiationException {
        List<RtpHeaderExtensionParameters> extensions = send(
                        consumable("chromium-156-camera", 1), "firefox-153-camera", 1)
                .rtpParameters()
                .headerExtensions();

        assertEquals(
                List.of(3, 4, 7, 5, 6),
                extensions.stream().map(RtpHeaderExtensionParameters::id).toList());
    }

    @Test
    void sendsOneCodecOnly() throws NegotiationException {
        RtpParameters audio =
                send(consumable("obs-30-whip", 0), "firefox-153-viewer", 0).rtpParameters();

        assertEquals(1, audio.codecs().size());
        assertEquals(109, audio.codecs().getFirst().payloadType());
        assertNull(audio.encodings().getFirst().rtx());
    }

    @Test
    void aReceiverWithoutRtxGetsNone() throws NegotiationException {
        RtpParameters video = send(consumable("chromium-156-camera", 1), "aiortc-1.4-viewer", 1)
                .rtpParameters();
        RemoteSection bare = Negotiating.offer("obs-30-whip").sections().get(1);
        RtpParameters h264 = SectionSending.of(
                        consumable("safari-17-camera", 1), bare.capabilities(), "1", Negotiating.track(MediaKind.VIDEO))
                .rtpParameters();

        assertEquals(2, video.codecs().size());
        assertEquals(1, h264.codecs().size());
        assertNull(h264.encodings().getFirst().rtx());
    }

    @Test
    void aSectionWithoutTheCodecCannotCarryIt() {
        NegotiationException refusal = assertThrows(
                NegotiationException.class, () -> send(consumable("chromium-156-camera", 1), "obs-30-whip", 1));

        assertEquals(NegotiationError.UNSUPPORTED, refusal.error());
    }

    @Test
    void plainAndOrtcClientsAgreeOnWhatCanBeConsumed() throws NegotiationException {
        RemoteSection firefox =
                Negotiating.offer("firefox-153-viewer").sections().get(1);

        assertTrue(ConsumerNegotiation.canConsume(consumable("chromium-156-camera", 1), firefox.capabilities()));
        assertFalse(ConsumerNegotiation.canConsume(consumable("obs-30-whip", 1), firefox.capabilities()));
    }
}
