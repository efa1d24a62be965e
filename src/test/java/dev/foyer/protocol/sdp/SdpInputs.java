package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where fuzzers that read SDP start, and what they have in common. */
public final class SdpInputs {
    /** Words of SDP in unexpected forms. */
    public static final List<String> WORDS = List.of(
            "\r\n",
            "\n",
            "\r",
            "\t",
            "\0",
            " ",
            ":",
            "=",
            ";",
            ",",
            "/",
            "~",
            "*",
            "\u00fc",
            "\uffff",
            "v=0\r\n",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
            "m=video 0 UDP/TLS/RTP/SAVPF 96 97\r\n",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
            "a=mid:0\r\n",
            "a=group:BUNDLE 0 1 2\r\n",
            "a=ice-ufrag:abcd\r\n",
            "a=ice-pwd:abcdefghijklmnopqrstuvwx\r\n",
            "a=ice-options:trickle ice2\r\n",
            "a=candidate:1 1 udp 2113937151 192.0.2.1 4000 typ host\r\n",
            "a=candidate:1 1 tcp 1 2001:db8::1 9 typ host tcptype passive\r\n",
            "a=end-of-candidates\r\n",
            "a=setup:actpass\r\n",
            "a=setup:active\r\n",
            "a=fingerprint:sha-256 AB:CD\r\n",
            "a=rtcp-mux\r\n",
            "a=sendrecv\r\n",
            "a=recvonly\r\n",
            "a=inactive\r\n",
            "a=rtpmap:96 VP8/90000\r\n",
            "a=rtpmap:111 opus/48000/2\r\n",
            "a=fmtp:97 apt=96\r\n",
            "a=fmtp:97 apt=97\r\n",
            "a=rtcp-fb:* nack pli\r\n",
            "a=extmap:1/sendonly urn:ietf:params:rtp-hdrext:sdes:mid\r\n",
            "a=extmap:4351 urn:x\r\n",
            "a=ssrc:4294967295 cname:x\r\n",
            "a=ssrc-group:FID 1 1\r\n",
            "a=ssrc-group:SIM 1 2 3\r\n",
            "a=rid:a send pt=96;max-width=1\r\n",
            "a=simulcast:send a;~b,c recv d\r\n",
            "a=sctp-port:5000\r\n",
            "a=max-message-size:9223372036854775807\r\n",
            "a=bundle-only\r\n",
            "a=msid:- x\r\n");

    private static final Pattern LONG_WORD = Pattern.compile("[^\\s:=]{20,}");

    private SdpInputs() {}

    /** Descriptions of clients in the field. */
    public static List<byte[]> descriptions() {
        return ClientSdp.ALL.stream()
                .map(name -> ClientSdp.read(name).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Fragments of trickle ICE. */
    public static List<byte[]> fragments() {
        return Stream.of("""
                        a=ice-ufrag:EsAw
                        a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
                        """, """
                        a=ice-ufrag:EsAw
                        a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
                        m=audio 9 RTP/AVP 0
                        a=mid:0
                        a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0
                        a=candidate:3471623853 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active
                        a=end-of-candidates
                        """, """
                        m=audio 9 UDP/TLS/RTP/SAVPF 0
                        a=mid:0
                        a=ice-ufrag:four
                        a=ice-pwd:0123456789012345678901
                        m=video 9 UDP/TLS/RTP/SAVPF 0
                        a=mid:1
                        a=end-of-candidates
                        """)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Checks that a refusal has a sentence, and that no password, address or fingerprint is in it. */
    public static Object refusal(Exception refusal, String text) {
        String sentence = String.valueOf(refusal.getMessage());
        assertTrue(sentence.length() > 5 && sentence.length() < 400, sentence);
        Matcher word = LONG_WORD.matcher(text);
        while (word.find()) {
            assertFalse(sentence.contains(word.group()), "repeats what it refuses: " + sentence);
        }
        return sentence.replaceAll("[0-9]+", "");
    }

    /** A source of which nothing but its number is said means nothing, and is not written. */
    static SessionDescription withoutBareSources(SessionDescription session) {
        return new SessionDescription(
                session.origin(),
                session.iceLite(),
                session.bundles(),
                session.media().stream().map(SdpInputs::withoutBareSources).toList());
    }

    private static MediaDescription withoutBareSources(MediaDescription media) {
        RtpDescription rtp = media.rtp();
        return new MediaDescription(
                media.line(),
                media.mid(),
                media.bundleOnly(),
                media.direction(),
                media.transport(),
                new RtpDescription(
                        rtp.formats(),
                        rtp.headerExtensions(),
                        rtp.extmapAllowMixed(),
                        rtp.rtcpMux(),
                        rtp.reducedSize(),
                        rtp.msids(),
                        rtp.ssrcs().stream()
                                .filter(ssrc -> ssrc.cname() != null || ssrc.msid() != null)
                                .toList(),
                        rtp.ssrcGroups(),
                        rtp.rids(),
                        rtp.simulcast()),
                media.sctp());
    }
}
