package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdpFragmentTest {
    /** The shape of RFC 9725, figure 4. */
    private static final String TRICKLE = """
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw
            a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0 ufrag EsAw
            a=end-of-candidates
            """;

    @Test
    void readsCandidatesOfASection() throws SdpException {
        SdpFragment fragment = SdpFragment.parse(TRICKLE);

        assertEquals("EsAw", fragment.usernameFragment());
        assertEquals("P2uYro0UCOQ4zxjKXaWCBui1", fragment.password());
        SdpFragment.Section section = fragment.sections().getFirst();
        assertEquals("0", section.mid());
        assertEquals(
                List.of(61764, 61765),
                section.transport().candidates().stream().map(Candidate::port).toList());
        assertTrue(section.transport().endOfCandidates());
    }

    @Test
    void readsCredentialsOfTheWholeFragment() throws SdpException {
        SdpFragment fragment = SdpFragment.parse("a=ice-ufrag:ysXw\r\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\r\n");

        assertEquals("ysXw", fragment.usernameFragment());
        assertEquals("vw5LmwG4y/e6dPP/zAP9Gp5k", fragment.password());
        assertTrue(fragment.sections().isEmpty());
    }

    @Test
    void anEmptyFragmentSaysNothing() throws SdpException {
        assertNull(SdpFragment.parse("").usernameFragment());
        assertNull(SdpFragment.parse("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n")
                .password());
    }

    @Test
    void refusesWhatIsNoFragment() {
        assertThrows(SdpException.class, () -> SdpFragment.parse("{}"));
        assertThrows(SdpException.class, () -> SdpFragment.parse("a=ice-ufrag:x\n"));
        assertThrows(SdpException.class, () -> SdpFragment.parse("m=audio 9 UDP/TLS/RTP/SAVPF 0\n".repeat(257)));
    }

    @Test
    void writesWhatItReads() throws SdpException {
        SdpFragment read = SdpFragment.parse(TRICKLE);

        assertEquals(read, SdpFragment.parse(read.toSdp()));
    }

    @Test
    void writesNewCredentialsAndCandidatesForARestart() throws SdpException {
        TransportDescription credentials =
                new TransportDescription("uuuu", "p".repeat(24), List.of(), List.of(), null, List.of(), false);
        TransportDescription candidates = new TransportDescription(
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(new Candidate("1", 1, "udp", 100, "192.0.2.9", 40_000, "host", null)),
                true);
        SdpFragment fragment = new SdpFragment(
                credentials,
                List.of(new SdpFragment.Section(
                        new MediaLine("audio", 9, "UDP/TLS/RTP/SAVPF", List.of("111")), "0", candidates)));

        assertEquals(
                List.of(
                        "a=ice-ufrag:uuuu",
                        "a=ice-pwd:pppppppppppppppppppppppp",
                        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                        "a=mid:0",
                        "a=candidate:1 1 udp 100 192.0.2.9 40000 typ host",
                        "a=end-of-candidates"),
                fragment.toSdp().lines().toList());
    }
}
