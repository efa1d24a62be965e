package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.sdp.ClientSdp;
import org.junit.jupiter.api.Test;

class UnacceptableSdpTest {
    private static final String OBS = ClientSdp.read("obs-30-whip");

    private static void assertRefused(NegotiationError error, String message, String sdp) {
        NegotiationException refusal =
                assertThrows(NegotiationException.class, () -> RemoteDescription.offer(sdp, Negotiating.ROUTER));
        assertEquals(message, refusal.getMessage());
        assertEquals(error, refusal.error());
    }

    @Test
    void malformedIsInvalid() {
        assertRefused(NegotiationError.INVALID, "SDP: a description begins with v=0", "");
        assertRefused(
                NegotiationError.INVALID,
                "ice-ufrag or ice-pwd is missing",
                OBS.replaceAll("a=ice-(ufrag|pwd).*\n", ""));
        assertRefused(
                NegotiationError.INVALID, "the DTLS fingerprint is missing", OBS.replaceAll("a=fingerprint.*\n", ""));
        assertRefused(NegotiationError.INVALID, "invalid mid", OBS.replace("a=mid:1", "a=mid:" + "1".repeat(33)));
    }

    @Test
    void whatTheServerDoesNotDoIsUnsupported() {
        assertRefused(NegotiationError.UNSUPPORTED, "a section has no rtcp-mux", OBS.replaceAll("a=rtcp-mux\n", ""));
        assertRefused(
                NegotiationError.UNSUPPORTED,
                "the sections are not bundled on one transport",
                OBS.replaceAll("a=group:BUNDLE.*\n", ""));
        assertRefused(
                NegotiationError.UNSUPPORTED,
                "the sections are not bundled on one transport",
                OBS.replace("BUNDLE 0 1", "BUNDLE 0"));
        assertRefused(
                NegotiationError.UNSUPPORTED,
                "ICE-lite on both sides finds no path",
                OBS.replace("a=ice-options:trickle", "a=ice-lite"));
        assertRefused(
                NegotiationError.UNSUPPORTED, "setup:holdconn opens no connection", OBS.replace("actpass", "holdconn"));
    }

    @Test
    void aSectionWithoutACodecInCommonIsOnlyNotAcceptable() throws NegotiationException {
        RemoteDescription offer = RemoteDescription.offer(OBS.replace("H264/90000", "H265/90000"), Negotiating.ROUTER);

        assertTrue(offer.sections().get(0).acceptable());
        assertFalse(offer.sections().get(1).acceptable());
        assertNull(offer.sections().get(1).sent());
    }

    @Test
    void rtpWithoutDtlsIsNotAcceptable() throws NegotiationException {
        RemoteDescription offer =
                RemoteDescription.offer(OBS.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), Negotiating.ROUTER);

        assertFalse(offer.sections().get(0).acceptable());
        assertNull(offer.transport());
    }

    @Test
    void aSingleSectionNeedsNeitherBundleNorMid() throws NegotiationException {
        String alone = OBS.substring(0, OBS.indexOf("m=video"))
                .replaceAll("a=group.*\n", "")
                .replace("a=mid:0\n", "");
        RemoteDescription offer = RemoteDescription.offer(alone, Negotiating.ROUTER);
        String answer = Negotiating.answer(offer).toSdp();

        assertTrue(offer.sections().getFirst().acceptable());
        assertFalse(offer.bundled());
        assertFalse(answer.contains("a=mid"));
        assertFalse(answer.contains("BUNDLE"));
        assertTrue(answer.contains("a=recvonly"));
    }

    @Test
    void simulcastByRidNeedsTheRidInItsPackets() throws NegotiationException {
        String sdp = ClientSdp.read("chromium-156-simulcast").replaceAll("a=extmap:10 .*\r\n", "");
        RemoteSection video =
                RemoteDescription.offer(sdp, Negotiating.ROUTER).sections().get(1);

        assertTrue(video.rids().isEmpty());
        assertFalse(Negotiating.answer(RemoteDescription.offer(sdp, Negotiating.ROUTER))
                .toSdp()
                .contains("simulcast"));
    }
}
