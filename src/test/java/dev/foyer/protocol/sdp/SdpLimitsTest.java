package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpLimitsTest {
    private static final String HEAD = "v=0\no=- 1 2 IN IP4 127.0.0.1\n";
    private static final String VIDEO = HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 96\n";

    private static String refusal(String sdp) {
        return String.valueOf(assertThrows(SdpException.class, () -> SessionDescription.parse(sdp))
                .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=rtpmap:96 VP8|line 4 has no <name>/<clock rate>",
                "a=rtpmap:128 VP8/90000|line 4 has no valid payload type",
                "a=rtpmap:96 VP8/0|line 4 has no valid clock rate",
                "a=rtpmap:96 VP8/99999999999999999999|line 4 has no valid clock rate",
                "a=rtpmap|line 4 has no payload type",
                "a=fmtp:x apt=96|line 4 has no valid payload type",
                "a=rtcp-fb:96|line 4 has no feedback type",
                "a=extmap:0 urn:x|line 4 has no valid extension id",
                "a=extmap:1/sideways urn:x|line 4 has an unknown direction",
                "a=extmap:1|line 4 has no extension uri",
                "a=ssrc:4294967296 cname:x|line 4 has no valid ssrc",
                "a=ssrc:-1 cname:x|line 4 has no valid ssrc",
                "a=ssrc-group:FID 1 x|line 4 has no valid ssrc",
                "a=rid:a up|line 4 has an unknown direction",
                "a=rid:a,b send|line 4 has no valid rid",
                "a=simulcast:send a;;b|line 4 has no valid rid",
                "a=simulcast:sideways a|line 4 has an unknown direction",
                "a=ice-ufrag:abc|line 4 is shorter than 4 characters",
                "a=ice-pwd:short|line 4 is shorter than 22 characters",
                "a=fingerprint:sha-256 AB:C|line 4 has no valid fingerprint",
                "a=fingerprint:sha-256 AB-CD|line 4 has no valid fingerprint",
                "a=setup:sometimes|line 4 has an unknown setup role",
                "a=mid:|line 4 has no mid",
                "a=mid:ü|line 4 has a character that mid cannot have",
                "m=audio|line 4 has no port",
                "m=audio x UDP/TLS/RTP/SAVPF 0|line 4 has no valid port",
                "m=audio 65536 UDP/TLS/RTP/SAVPF 0|line 4 has no valid port",
                "m=audio 9 UDP/TLS/RTP/SAVPF|line 4 has no format",
                "o=- 1 2 IN IP4 127.0.0.1|line 4 is a second o= line",
                "no line|line 4 is not <letter>=<value>",
                "A=b|line 4 is not <letter>=<value>",
                "a|line 4 is not <letter>=<value>",
            })
    void namesTheLineAndWhatIsWrongWithIt(String line, String sentence) {
        assertEquals(sentence, refusal(VIDEO + line + "\n"));
    }

    @Test
    void asksForTheLinesThatADescriptionMustHave() {
        assertEquals("a description begins with v=0", refusal(""));
        assertEquals("a description begins with v=0", refusal("v=1\n"));
        assertEquals("line 1 is not <letter>=<value>", refusal("{\"type\":\"offer\"}"));
        assertEquals("the o= line is missing", refusal("v=0\ns=-\n"));
        assertEquals("line 2 has a session id or version that is no number", refusal("v=0\no=- x 2 IN IP4 0.0.0.0\n"));
        assertEquals("two sections have one mid", refusal(VIDEO + "a=mid:0\nm=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:0\n"));
    }

    @Test
    void refusesControlCharactersWithoutRepeatingThem() {
        assertEquals("line 4 has a control character", refusal(VIDEO + "a=mid:0\u0000\n"));
        assertEquals("line 4 has a control character", refusal(VIDEO + "a=fmtp:96 x=\ra=mid:1\n"));
        assertFalse(refusal(VIDEO + "a=ice-pwd:secret\n").contains("secret"));
    }

    @Test
    void boundsSizeLinesAndSections() throws SdpException {
        assertEquals("longer than 262144 characters", refusal(VIDEO + "a=x\n".repeat(70_000)));
        assertEquals("more than 16384 lines", refusal(VIDEO + "a=x\n".repeat(16_384)));
        assertEquals("line 4 is longer than 4096 characters", refusal(VIDEO + "a=" + "x".repeat(4095) + "\n"));
        String section = "m=audio 9 UDP/TLS/RTP/SAVPF 0\n";
        assertEquals(
                256,
                SessionDescription.parse(HEAD + section.repeat(256)).media().size());
        assertEquals("line 259 is one section too many: 256", refusal(HEAD + section.repeat(257)));
    }

    @Test
    void boundsWhatASectionHolds() {
        assertRefusedBeyond(64, i -> "a=ssrc:" + (i + 1) + " cname:c\n", "is one ssrc too many");
        assertRefusedBeyond(64, i -> "a=extmap:" + (i + 1) + " urn:x\n", "is one header extension too many");
        assertRefusedBeyond(64, _ -> "a=msid:- -\n", "is one msid too many");
        assertRefusedBeyond(64, _ -> "a=ssrc-group:FID 1 2\n", "is one ssrc-group too many");
        assertRefusedBeyond(32, i -> "a=rid:" + i + " send\n", "is one rid too many");
        assertRefusedBeyond(16, _ -> "a=rtcp-fb:96 nack\n", "is one rtcp-fb too many");
        assertRefusedBeyond(16, _ -> "a=fingerprint:sha-256 AB:CD\n", "is one fingerprint too many");
        assertRefusedBeyond(256, _ -> "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n", "is one candidate too many");
        assertRefusedBeyond(64, i -> "a=fmtp:96 p" + i + "=1\n", "has too many parameters");
    }

    private static void assertRefusedBeyond(int limit, IntFunction<String> line, String sentence) {
        StringBuilder sdp = new StringBuilder(VIDEO);
        for (int i = 0; i <= limit; i++) {
            sdp.append(line.apply(i));
        }
        assertEquals("line " + (4 + limit) + " " + sentence, refusal(sdp.toString()));
    }
}
