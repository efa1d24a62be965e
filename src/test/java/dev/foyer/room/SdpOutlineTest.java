package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much of a description a room keeps, whatever a client writes. */
class SdpOutlineTest {
    private static String origin(String session) {
        return "v=0\r\no=- " + session + " 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    }

    private static String ufrag(String ufrag) {
        return "a=ice-ufrag:" + ufrag + "\r\n";
    }

    @Test
    void sessionIdOfUsualLengthIsRead() {
        assertEquals(
                "18446744073709551615",
                SdpOutline.of(origin("18446744073709551615")).session());
        String longest = "1".repeat(64);
        assertEquals(longest, SdpOutline.of(origin(longest)).session());
    }

    @Test
    void longerSessionIdIsAsGoodAsNone() {
        assertNull(SdpOutline.of(origin("1".repeat(65))).session());
        assertNull(SdpOutline.of("v=0\r\no=-\r\n").session());
    }

    @Test
    void longerUserNameFragmentIsIgnored() {
        String longest = "u".repeat(256);
        assertEquals(
                Set.of(longest, "short"),
                SdpOutline.of(origin("1") + ufrag("u".repeat(257)) + ufrag(longest) + ufrag("short"))
                        .ufrags());
    }

    @Test
    void userNameFragmentsBeyondSixtyFourAreIgnored() {
        StringBuilder sdp = new StringBuilder(origin("1"));
        for (int i = 0; i < 65; i++) {
            sdp.append(ufrag("u" + i)).append(ufrag("u" + i));
        }
        Set<String> ufrags = SdpOutline.of(sdp.toString()).ufrags();
        assertEquals(64, ufrags.size());
        assertFalse(ufrags.contains("u64"));
    }
}
