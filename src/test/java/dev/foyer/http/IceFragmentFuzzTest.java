package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.protocol.sdp.SdpInputs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A fragment says something of ICE, or is refused with 400 and a sentence that repeats nothing of it. */
class IceFragmentFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return SdpInputs.fragments();
    }

    @Override
    public List<String> words() {
        return SdpInputs.WORDS;
    }

    @Override
    public Object examine(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            IceFragment fragment = IceFragment.read(text);
            assertTrue(fragment.usernameFragment() != null || text.contains("candidate"));
            return fragment.usernameFragment() == null;
        } catch (RequestRefusal refusal) {
            assertEquals(HttpError.INVALID_MESSAGE, refusal.error());
            return SdpInputs.refusal(refusal, text);
        }
    }
}
