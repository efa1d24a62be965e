package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.sdp.ClientSdp;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReofferTest {
    private static final String CAMERA = ClientSdp.read("chromium-156-camera");

    private static RemoteDescription offer(String sdp) throws NegotiationException {
        return RemoteDescription.offer(sdp, Negotiating.ROUTER);
    }

    /** The page stopped its camera, added another one, and no longer sends sound. */
    @ParameterizedTest
    @ValueSource(strings = {"chromium-156-reoffer", "firefox-153-reoffer"})
    void followsStoppedAndAddedSections(String client) throws NegotiationException, SdpException {
        RemoteDescription offer = Negotiating.offer(client);
        SessionDescription answer =
                SessionDescription.parse(Negotiating.answer(offer).toSdp());

        assertFalse(offer.sections().get(0).sends());
        assertNull(offer.sections().get(0).sent());
        assertTrue(offer.sections().get(1).rejected());
        assertTrue(offer.sections().get(2).sends());
        assertEquals(List.of(List.of("0", "2")), answer.bundles());
        assertTrue(answer.media().get(1).rejected());
        assertEquals("1", answer.media().get(1).mid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-156", "firefox-153"})
    void aStoppedSectionMayBecomeAnother(String client) throws NegotiationException {
        RemoteDescription stopped = Negotiating.offer(client + "-reoffer");
        RemoteDescription recycled = Negotiating.offer(client + "-reoffer-recycled");

        recycled.requireFollows(stopped);
        assertEquals(stopped.sessionId(), recycled.sessionId());
        assertEquals(3, recycled.sections().size());
        assertTrue(recycled.sections().get(1).acceptable());
        assertFalse(recycled.sections()
                .get(1)
                .mid()
                .equals(stopped.sections().get(1).mid()));
        assertThrows(NegotiationException.class, () -> stopped.requireFollows(recycled));
    }

    @Test
    void sectionsNeitherVanishNorChangePlaces() throws NegotiationException {
        RemoteDescription before = offer(CAMERA);
        RemoteDescription fewer =
                offer(CAMERA.substring(0, CAMERA.indexOf("m=application")).replace("BUNDLE 0 1 2", "BUNDLE 0 1"));
        RemoteDescription renamed =
                offer(CAMERA.replace("BUNDLE 0 1 2", "BUNDLE 0 9 2").replace("a=mid:1", "a=mid:9"));

        before.requireFollows(before);
        before.requireFollows(fewer);
        assertEquals(
                "sections are missing that were there before",
                assertThrows(NegotiationException.class, () -> fewer.requireFollows(before))
                        .getMessage());
        assertEquals(
                "section 1 is another one than before",
                assertThrows(NegotiationException.class, () -> renamed.requireFollows(before))
                        .getMessage());
    }

    @Test
    void newCredentialsAskForAnIceRestart() throws NegotiationException {
        RemoteTransport before = Objects.requireNonNull(offer(CAMERA).transport());
        RemoteTransport after =
                Objects.requireNonNull(offer(CAMERA.replaceAll("a=ice-ufrag:.*\r\n", "a=ice-ufrag:new1\r\n"))
                        .transport());

        assertFalse(before.restartsIce(before));
        assertTrue(after.restartsIce(before));
    }

    @Test
    void directionsTurnRound() throws NegotiationException {
        RemoteDescription paused = offer(CAMERA.replace("a=sendrecv", "a=recvonly"));
        RemoteDescription held = offer(CAMERA.replace("a=sendrecv", "a=inactive"));

        assertTrue(Negotiating.answer(paused).toSdp().contains("a=sendonly"));
        assertTrue(paused.sections()
                .get(1)
                .capabilities()
                .equals(offer(CAMERA).sections().get(1).capabilities()));
        assertFalse(Negotiating.answer(held).toSdp().contains("a=sendonly"));
        assertTrue(Negotiating.answer(held).toSdp().contains("a=inactive"));
    }
}
