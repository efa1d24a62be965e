package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.protocol.sdp.SdpInputs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads whatever it is given, and keeps no more than a few names of bounded length. */
class SdpOutlineFuzzTest implements FuzzTarget {
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
        return 5_000;
    }

    @Override
    public Object examine(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        SdpOutline outline = SdpOutline.of(text);
        assertTrue(outline.session() == null || outline.session().length() <= 64);
        assertTrue(outline.ufrags().size() <= 64);
        assertTrue(outline.ufrags().stream().allMatch(ufrag -> ufrag.length() <= 256));
        assertTrue(
                outline.sections().size() <= 1 + text.length() / 7,
                outline.sections().size() + " sections");
        return List.of(
                outline.session() == null,
                outline.ufrags().size(),
                outline.sections().size(),
                outline.sends());
    }
}
