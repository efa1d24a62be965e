package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A fragment is refused with a sentence that repeats nothing of it, or written again it means the same. */
class SdpFragmentFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return SdpInputs.fragments();
    }

    @Override
    public List<String> words() {
        return SdpInputs.WORDS;
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        SdpFragment fragment;
        try {
            fragment = SdpFragment.parse(text);
        } catch (SdpException refusal) {
            return SdpInputs.refusal(refusal, text);
        }
        String written = fragment.toSdp();
        SdpFragment again = SdpFragment.parse(written);
        assertEquals(written, again.toSdp());
        assertEquals(fragment.usernameFragment(), again.usernameFragment());
        // Half of a pair of credentials is none, and is not written.
        if (fragment.usernameFragment() != null && again.password() != null) {
            assertEquals(fragment.password(), again.password());
        }
        assertEquals(fragment.sections().size(), again.sections().size());
        return List.of(
                fragment.sections().size(),
                fragment.usernameFragment() == null,
                fragment.password() == null,
                fragment.transport().candidates().size());
    }
}
