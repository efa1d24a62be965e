package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.protocol.sdp.ClientSdp;
import dev.foyer.protocol.sdp.Direction;
import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import dev.foyer.protocol.sdp.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static SessionDescription answered(String client) throws NegotiationException, SdpException {
        return SessionDescription.parse(
                Negotiating.answer(Negotiating.offer(client)).toSdp());
    }

    @Test
    void answersAPublisherInFull() throws NegotiationException {
        String answer = Negotiating.answer(Negotiating.offer("obs-30-whip")).toSdp();

        assertEquals("""
                v=0
                o=- 7 1 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                a=ice-lite
                a=msid-semantic: WMS *
                m=audio 4000 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 192.0.2.1
                a=mid:0
                a=recvonly
                a=ice-ufrag:serverfragment
                a=ice-pwd:pppppppppppppppppppppppppppppppp
                a=fingerprint:sha-256 AB:CD:EF
                a=setup:passive
                a=candidate:tcp 1 tcp 1000 192.0.2.1 4001 typ host tcptype passive
                a=candidate:udp 1 udp 2113937151 192.0.2.1 4000 typ host
                a=end-of-candidates
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 maxaveragebitrate=96000;minptime=10;sprop-stereo=1;stereo=1;useinbandfec=1
                m=video 9 UDP/TLS/RTP/SAVPF 96
                c=IN IP4 0.0.0.0
                a=mid:1
                a=recvonly
                a=ice-ufrag:serverfragment
                a=ice-pwd:pppppppppppppppppppppppppppppppp
                a=fingerprint:sha-256 AB:CD:EF
                a=setup:passive
                a=rtcp-mux
                a=rtpmap:96 H264/90000
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
                """, answer.replace("\r\n", "\n"));
    }

    @Test
    void keepsSectionsInPlaceWithTheirNamesWhateverBecomesOfThem() throws NegotiationException, SdpException {
        for (String client : ClientSdp.OFFERS) {
            SessionDescription offer = SessionDescription.parse(ClientSdp.read(client));
            SessionDescription answer = answered(client);

            assertEquals(offer.media().size(), answer.media().size(), client);
            for (int i = 0; i < offer.media().size(); i++) {
                MediaDescription offered = offer.media().get(i);
                MediaDescription section = answer.media().get(i);
                assertEquals(offered.mid(), section.mid(), client);
                assertEquals(offered.line().media(), section.line().media(), client);
                assertEquals(offered.line().protocol(), section.line().protocol(), client);
                assertTrue(offered.line().formats().containsAll(section.line().formats()), client);
                assertFalse(section.direction().sends() && !offered.direction().receives(), client);
                assertFalse(
                        section.direction().receives() && !offered.direction().sends(), client);
                assertFalse(section.rtp().reducedSize() && !offered.rtp().reducedSize(), client);
            }
        }
    }

    @Test
    void rejectsTheDataChannelInPlaceAndLeavesItOutOfTheBundle() throws NegotiationException, SdpException {
        SessionDescription answer = answered("chromium-156-camera");

        assertEquals(List.of(List.of("0", "1")), answer.bundles());
        assertEquals(0, answer.media().get(2).line().port());
        assertEquals(List.of("webrtc-datachannel"), answer.media().get(2).line().formats());
        assertEquals("2", answer.media().get(2).mid());
    }

    @Test
    void waitsForTheHandshakeUnlessTheClientDoes() throws NegotiationException, SdpException {
        assertEquals(
                Setup.PASSIVE,
                answered("chromium-156-camera").media().getFirst().transport().setup());
        assertEquals(
                Setup.ACTIVE,
                answered("ffmpeg-7-whip").media().getFirst().transport().setup());
    }

    @Test
    void takesTheUplinkOnOneConnectionAndDeclinesItOnAnother() throws NegotiationException {
        RemoteDescription offer = Negotiating.offer("chromium-156-camera");
        LocalTrack camera = Negotiating.track(MediaKind.VIDEO);
        RemoteSection video = offer.sections().get(1);

        assertEquals(
                Direction.SENDRECV, LocalSection.answering(video, true, camera).direction());
        assertEquals(
                Direction.SENDONLY, LocalSection.answering(video, false, camera).direction());
        assertEquals(
                Direction.RECVONLY, LocalSection.answering(video, true, null).direction());
        assertEquals(
                Direction.INACTIVE, LocalSection.answering(video, false, null).direction());
    }

    @Test
    void namesWhatItSends() throws NegotiationException {
        String answer =
                Negotiating.answer(Negotiating.offer("chromium-156-camera")).toSdp();

        assertTrue(answer.contains("a=msid:ada microphone\r\n"));
        assertTrue(answer.contains("a=ssrc:1000 cname:cname\r\na=ssrc:1000 msid:ada microphone\r\n"));
        assertTrue(answer.contains("a=ssrc-group:FID 2000 2001\r\na=ssrc:2000 cname:cname\r\n"));
    }

    @Test
    void sendsNoRetransmissionSsrcWithoutRtx() throws NegotiationException {
        String viewer = ClientSdp.read("aiortc-1.4-viewer").replace("rtx/90000", "nortx/90000");
        String answer = Negotiating.answer(RemoteDescription.offer(viewer, Negotiating.ROUTER))
                .toSdp();

        assertFalse(answer.contains("2001"));
        assertTrue(answer.contains("a=ssrc:2000 cname:cname"));
    }

    @Test
    void mirrorsSimulcast() throws NegotiationException {
        for (String client : List.of("chromium-156-simulcast", "firefox-153-simulcast")) {
            String answer = Negotiating.answer(Negotiating.offer(client)).toSdp();

            assertTrue(answer.contains("a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n"));
        }
    }

    @Test
    void repeatsExtensionDirectionsOnlyWhereTheOfferHasThem() throws NegotiationException {
        String firefox =
                Negotiating.answer(Negotiating.offer("firefox-153-simulcast")).toSdp();
        String chromium =
                Negotiating.answer(Negotiating.offer("chromium-156-simulcast")).toSdp();

        assertTrue(firefox.contains("a=extmap:9/recvonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"));
        assertTrue(chromium.contains("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"));
        assertFalse(firefox.contains("playout-delay"));
    }

    @Test
    void doesNotClaimTheClientsOwnDecoderLimits() throws NegotiationException {
        assertFalse(Negotiating.answer(Negotiating.offer("firefox-153-camera"))
                .toSdp()
                .contains("max-f"));
    }

    @Test
    void estimatesBandwidthInOneWay() throws NegotiationException {
        String answer =
                Negotiating.answer(Negotiating.offer("chromium-156-camera")).toSdp();

        assertTrue(answer.contains("a=rtcp-fb:96 transport-cc\r\n"));
        assertFalse(answer.contains("goog-remb"));
    }

    @Test
    void needsASectionForEachOfTheOffers() throws NegotiationException {
        RemoteDescription offer = Negotiating.offer("chromium-156-camera");

        assertThrows(
                IllegalArgumentException.class,
                () -> LocalDescription.answer(1, 1, Negotiating.TRANSPORT, offer, List.of()));
    }
}
