package dev.foyer.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cuts and mangles what clients really say: it is read, or refused with a sentence. */
class HostileSdpTest {
    private static final String ALPHABET = "\0\r\n\t =:;,/~*-0159azAZ{}ü\uffff";
    private static final int MUTANTS = 200;

    private int read;
    private int refused;

    @Test
    void readsOrRefusesEveryPrefix() {
        for (String name : List.of("firefox-153-simulcast", "gstreamer-1.22-whip")) {
            String sdp = ClientSdp.read(name);
            for (int length = 0; length <= sdp.length(); length++) {
                outcome(sdp.substring(0, length));
            }
        }
        assertTrue(read > 2_000 && refused > 1_000, read + " read, " + refused + " refused");
    }

    @Test
    void readsOrRefusesMutants() {
        for (String name : ClientSdp.ALL) {
            Random random = new Random(name.hashCode());
            String sdp = ClientSdp.read(name);
            for (int i = 0; i < MUTANTS; i++) {
                outcome(mutant(sdp, random));
            }
        }
        assertTrue(read > 1_000 && refused > 1_000, read + " read, " + refused + " refused");
    }

    private void outcome(String sdp) {
        try {
            String written = SessionDescription.parse(sdp).toSdp();
            assertEquals(written, SessionDescription.parse(written).toSdp());
            read++;
        } catch (SdpException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 5);
            refused++;
        }
        try {
            SdpFragment fragment = SdpFragment.parse(sdp);
            SdpFragment.parse(fragment.toSdp());
        } catch (SdpException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 5);
        }
    }

    /** One to four edits: a character replaced, a piece dropped, doubled or moved. */
    static String mutant(String sdp, Random random) {
        StringBuilder text = new StringBuilder(sdp);
        for (int edits = 1 + random.nextInt(4); edits > 0 && text.length() > 40; edits--) {
            int at = random.nextInt(text.length() - 32);
            String piece = text.substring(at, at + 1 + random.nextInt(30));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> text.delete(at, at + piece.length());
                case 2 -> text.insert(at, piece);
                default -> text.insert(random.nextInt(text.length()), piece);
            }
        }
        return text.toString();
    }
}
