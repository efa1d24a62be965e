package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.protocol.sdp.SdpInputs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An offer is read for one of the two protocols or refused with 400 or 422 and a sentence that repeats nothing of it. */
class WhipOfferFuzzTest implements FuzzTarget {
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
        return 3_000;
    }

    @Override
    public Object examine(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        return List.of(read(WhipKind.WHIP, text), read(WhipKind.WHEP, text));
    }

    private static Object read(WhipKind kind, String text) {
        try {
            WhipOffer offer = WhipOffer.read(kind, text);
            return offer.usernameFragment() == null;
        } catch (RequestRefusal refusal) {
            assertTrue(refusal.error() == HttpError.INVALID_MESSAGE || refusal.error() == HttpError.UNPROCESSABLE);
            return SdpInputs.refusal(refusal, text);
        }
    }
}
