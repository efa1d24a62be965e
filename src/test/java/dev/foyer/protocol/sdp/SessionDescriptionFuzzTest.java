package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A description is refused with a sentence that repeats nothing of it, or written again it means the same. */
class SessionDescriptionFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return SdpInputs.descriptions();
    }

    @Override
    public List<String> words() {
        return SdpInputs.WORDS;
    }

    @Override
    public int longest() {
        return 12_000;
    }

    @Override
    public int runs() {
        return 6_000;
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        SessionDescription session;
        try {
            session = SessionDescription.parse(text);
        } catch (SdpException refusal) {
            return SdpInputs.refusal(refusal, text);
        }
        String written = session.toSdp();
        for (String line : written.split("\r\n", -1)) {
            assertTrue(line.isEmpty() || (line.length() >= 2 && line.charAt(1) == '='));
            assertFalse(line.contains("\n") || line.contains("\r"), "a line within a line");
        }
        SessionDescription again = SessionDescription.parse(written);
        assertEquals(written, again.toSdp());
        assertEquals(SdpInputs.withoutBareSources(session), SdpInputs.withoutBareSources(again));
        return List.of(
                session.media().size(),
                session.bundles().size(),
                session.media().stream()
                        .mapToInt(media -> media.rtp().formats().size())
                        .sum(),
                session.media().stream().anyMatch(media -> media.rtp().simulcast() != null),
                session.media().stream().anyMatch(media -> media.sctp() != null));
    }
}
