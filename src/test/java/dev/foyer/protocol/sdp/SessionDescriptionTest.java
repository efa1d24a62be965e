package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private static MediaDescription section(String attributes) throws SdpException {
        return SessionDescription.parse(HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 127\r\n" + attributes)
                .media()
                .getFirst();
    }

    @Test
    void readsTheSession() throws SdpException {
        SessionDescription session = SessionDescription.parse("""
                v=0
                o=mozilla 123456789012345678 7 IN IP4 0.0.0.0
                s=a name
                b=AS:1000
                t=0 0
                a=group:LS 0 1
                a=group:BUNDLE 0 1
                a=ice-lite
                m=audio 9 UDP/TLS/RTP/SAVPF 0
                a=mid:0
                m=audio 9/2 UDP/TLS/RTP/SAVPF 0
                a=mid:1
                """);

        assertEquals(new Origin("mozilla", "123456789012345678", "7"), session.origin());
        assertTrue(session.iceLite());
        assertEquals(List.of(List.of("0", "1")), session.bundles());
        assertEquals(
                new MediaLine("audio", 9, "UDP/TLS/RTP/SAVPF", List.of("0")),
                session.media().get(1).line());
    }

    @Test
    void putsTheLinesOfAPayloadTypeTogether() throws SdpException {
        MediaDescription video = section("""
                a=rtcp-fb:* nack
                a=fmtp:96 profile-id=0; x ;max-fr=30
                a=rtpmap:97 rtx/90000
                a=rtpmap:96 VP9/90000
                a=fmtp:97 apt=96
                a=rtcp-fb:96 nack pli
                a=rtpmap:55 unlisted/8000
                """);

        assertEquals(
                List.of(
                        new PayloadFormat(
                                96,
                                "VP9",
                                90_000,
                                1,
                                Map.of("profile-id", "0", "x", "", "max-fr", "30"),
                                List.of(new Feedback("nack", "pli"), new Feedback("nack", ""))),
                        new PayloadFormat(
                                97, "rtx", 90_000, 1, Map.of("apt", "96"), List.of(new Feedback("nack", "")))),
                video.rtp().formats());
    }

    @Test
    void givesEachFormatTheFeedbackOfAllOnce() throws SdpException {
        Feedback nack = new Feedback("nack", "");
        Feedback pli = new Feedback("nack", "pli");
        Feedback fir = new Feedback("ccm", "fir");

        MediaDescription video = section("""
                a=rtcp-fb:* nack
                a=rtcp-fb:96 ccm fir
                a=rtcp-fb:* nack pli
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 ccm fir
                a=rtcp-fb:* nack
                a=rtpmap:96 VP8/90000
                a=rtpmap:97 VP9/90000
                a=rtpmap:127 H264/90000
                a=rtcp-fb:127 nack pli
                """);

        assertEquals(
                List.of(List.of(fir, nack, pli), List.of(nack, pli), List.of(pli, nack)),
                video.rtp().formats().stream().map(PayloadFormat::feedback).toList());
    }

    @Test
    void readsTheTransport() throws SdpException {
        TransportDescription transport = section("""
                        a=ice-ufrag:abcd
                        a=ice-pwd:0123456789012345678901
                        a=ice-options:trickle renomination
                        a=fingerprint:SHA-256 ab:cd
                        a=setup:actpass
                        a=candidate:1 1 UDP 2122260223 192.0.2.1 5000 typ host generation 0 network-cost 50
                        a=candidate:2 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active
                        a=candidate:some future shape
                        a=end-of-candidates
                        """).transport();

        assertEquals("abcd", transport.usernameFragment());
        assertEquals("0123456789012345678901", transport.password());
        assertEquals(List.of("trickle", "renomination"), transport.iceOptions());
        assertEquals(List.of(new Fingerprint("sha-256", "AB:CD")), transport.fingerprints());
        assertEquals(Setup.ACTPASS, transport.setup());
        assertEquals(
                List.of(
                        new Candidate("1", 1, "udp", 2_122_260_223L, "192.0.2.1", 5000, "host", null),
                        new Candidate("2", 1, "tcp", 1_518_280_447L, "2001:db8::1", 9, "host", "active")),
                transport.candidates());
        assertTrue(transport.endOfCandidates());
    }

    @Test
    void givesSectionsWhatTheSessionSaysForAll() throws SdpException {
        SessionDescription session = SessionDescription.parse(HEAD + """
                a=ice-ufrag:sess
                a=ice-pwd:0123456789012345678901
                a=fingerprint:sha-256 AB:CD
                a=setup:actpass
                a=recvonly
                a=extmap-allow-mixed
                m=audio 9 UDP/TLS/RTP/SAVPF 0
                m=video 9 UDP/TLS/RTP/SAVPF 96
                a=ice-ufrag:own1
                a=ice-pwd:9876543210987654321098
                a=setup:passive
                a=sendonly
                """);
        MediaDescription audio = session.media().getFirst();
        MediaDescription video = session.media().getLast();

        assertEquals("sess", audio.transport().usernameFragment());
        assertEquals(Setup.ACTPASS, audio.transport().setup());
        assertEquals(Direction.RECVONLY, audio.direction());
        assertTrue(audio.rtp().extmapAllowMixed());
        assertEquals("own1", video.transport().usernameFragment());
        assertEquals(Setup.PASSIVE, video.transport().setup());
        assertEquals(Direction.SENDONLY, video.direction());
        assertEquals(
                List.of(new Fingerprint("sha-256", "AB:CD")), video.transport().fingerprints());
    }

    @Test
    void readsSourcesAndSimulcast() throws SdpException {
        RtpDescription rtp = section("""
                        a=extmap:3/sendonly urn:x some attributes
                        a=extmap:4100 urn:y
                        a=msid:stream track
                        a=ssrc-group:FID 1 2
                        a=ssrc:1 cname:c
                        a=ssrc:1 msid:stream track
                        a=ssrc:1 fmtp:96 x=y
                        a=ssrc:4294967295 cname:c
                        a=rid:hi send pt=96;max-width=1280
                        a=rid:lo send
                        a=rid:in recv
                        a=simulcast:recv in send hi,lo;~lo
                        """).rtp();

        assertEquals(
                List.of(
                        new HeaderExtension(3, Direction.SENDONLY, "urn:x"),
                        new HeaderExtension(4100, Direction.SENDRECV, "urn:y")),
                rtp.headerExtensions());
        assertEquals(List.of(new Msid("stream", "track")), rtp.msids());
        assertEquals(List.of(new SsrcGroup("FID", List.of(1L, 2L))), rtp.ssrcGroups());
        assertEquals(
                List.of(
                        new SsrcDescription(1, "c", new Msid("stream", "track")),
                        new SsrcDescription(4_294_967_295L, "c", null)),
                rtp.ssrcs());
        assertEquals(
                new Rid("hi", true, Map.of("pt", "96", "max-width", "1280")),
                rtp.rids().getFirst());
        assertEquals(
                new Simulcast(
                        List.of(
                                List.of(new Simulcast.Alternative("hi", false), new Simulcast.Alternative("lo", false)),
                                List.of(new Simulcast.Alternative("lo", true))),
                        List.of(List.of(new Simulcast.Alternative("in", false)))),
                rtp.simulcast());
    }

    @Test
    void readsDataChannelsOfBothGenerations() throws SdpException {
        SessionDescription session = SessionDescription.parse(HEAD + """
                m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                a=sctp-port:5000
                a=max-message-size:262144
                m=application 9 DTLS/SCTP 5001
                a=sctpmap:5001 webrtc-datachannel 1024
                m=audio 9 UDP/TLS/RTP/SAVPF 0
                """);

        assertEquals(new SctpDescription(5000, 262_144), session.media().get(0).sctp());
        assertEquals(
                new SctpDescription(5001, SctpDescription.DEFAULT_MAX_MESSAGE_SIZE),
                session.media().get(1).sctp());
        assertNull(session.media().get(2).sctp());
    }

    @Test
    void tellsRejectedSectionsFromThoseThatLiveInABundle() throws SdpException {
        SessionDescription session = SessionDescription.parse(HEAD + """
                m=audio 0 UDP/TLS/RTP/SAVPF 0
                m=audio 0 UDP/TLS/RTP/SAVPF 0
                a=bundle-only
                """);

        assertTrue(session.media().getFirst().rejected());
        assertFalse(session.media().getLast().rejected());
    }

    @Test
    void readsEitherLineEndAndMissingOrEmptyLastLines() throws SdpException {
        String lines = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0";
        SessionDescription expected = SessionDescription.parse(lines);

        assertEquals(expected, SessionDescription.parse(lines + "\r\n"));
        assertEquals(expected, SessionDescription.parse(lines + "\r\n\r\n"));
        assertEquals(expected, SessionDescription.parse(lines.replace("\r\n", "\n")));
        assertEquals("0", expected.media().getFirst().mid());
    }

    @Test
    void writesWhatItReadsFromEveryClient() throws SdpException {
        for (String name : ClientSdp.ALL) {
            SessionDescription read = SessionDescription.parse(ClientSdp.read(name));
            String written = read.toSdp();

            assertEquals(read, SessionDescription.parse(written), name);
            assertTrue(written.lines().allMatch(line -> line.matches("[a-z]=.+")), name);
            assertEquals(written.lines().count(), written.split("\r\n").length, name);
        }
    }
}
