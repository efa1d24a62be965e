package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderExtensionReaderTest {
    private static String elements(int profile, String content) {
        RtpPacket packet = new RtpBytes()
                .extensionBlock(profile, hex(content))
                .payload("00")
                .packet();
        StringBuilder seen = new StringBuilder();
        HeaderExtensionReader extensions = packet.extensions();
        while (extensions.next()) {
            seen.append(extensions.id()).append(':').append(extensions.length()).append(' ');
        }
        assertEquals(0, extensions.id());
        assertFalse(extensions.next());
        return seen.toString().trim();
    }

    /** The layout of RFC 8285 section 4.2: lengths 1, 2, 4 with padding between. */
    @Test
    void readsTheOneByteFormWithPaddingBetween() {
        assertEquals("1:1 2:2 3:4", elements(0xBEDE, "10AA 21BBBB 0000 33CCCCCCCC"));
    }

    /** The layout of RFC 8285 section 4.3: lengths 0, 1, 4, and padding between. */
    @Test
    void readsTheTwoByteFormWithEmptyValues() {
        assertEquals("1:0 2:1 3:4", elements(0x1000, "0100 0201BB 00 0304CCCCCCCC"));
        assertEquals("200:1", elements(0x100F, "C801AA"));
    }

    @Test
    void endsAtTheReservedIdsOfTheOneByteForm() {
        assertEquals("1:1", elements(0xBEDE, "10AA F0BB 20CC"));
        assertEquals("1:1", elements(0xBEDE, "10AA 01BBBB 20CC"));
    }

    @Test
    void endsAtAnElementThatDoesNotFit() {
        assertEquals("1:1", elements(0xBEDE, "10AA 2FBB"));
        assertEquals("1:1", elements(0x1000, "0101AA 02"));
        assertEquals("1:1", elements(0x1000, "0101AA 02FFBBBB"));
    }

    @Test
    void ignoresOtherProfiles() {
        assertEquals("", elements(0x1234, "10AA0000"));
        assertEquals("", elements(0x2000, "0101AA00"));
    }

    @Test
    void findsAnIdAgainAndAgain() {
        RtpPacket packet = new RtpBytes()
                .oneByteExtension(3, "audio0".getBytes(StandardCharsets.UTF_8))
                .oneByteExtension(5, hex("1234"))
                .oneByteExtension(7, hex("ABCDEF"))
                .packet();
        HeaderExtensionReader extensions = packet.extensions();
        assertTrue(extensions.find(5));
        assertEquals(0x1234, extensions.u16());
        assertEquals(-1, extensions.u24());
        assertTrue(extensions.find(3));
        assertEquals("audio0", extensions.text());
        assertTrue(extensions.valueEquals("audio0".getBytes(StandardCharsets.UTF_8)));
        assertFalse(extensions.valueEquals("audio1".getBytes(StandardCharsets.UTF_8)));
        assertTrue(extensions.find(7));
        assertEquals(0xABCDEF, extensions.u24());
        assertFalse(extensions.find(4));
        assertEquals(-1, extensions.firstByte());
    }
}
