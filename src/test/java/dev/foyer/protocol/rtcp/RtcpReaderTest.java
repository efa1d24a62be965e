package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RtcpReaderTest {
    private final RtcpReader reader = new RtcpReader();

    private String walk(byte[] bytes) {
        StringBuilder seen = new StringBuilder();
        reader.wrap(bytes, 0, bytes.length);
        while (reader.next()) {
            seen.append(reader.packetType())
                    .append('/')
                    .append(reader.count())
                    .append('/')
                    .append(reader.length())
                    .append(' ');
        }
        assertEquals(-1, reader.packetType());
        assertEquals(0, reader.length());
        return seen.toString().trim();
    }

    @Test
    void walksACompound() {
        assertEquals(
                "201/0/8 202/1/16 206/1/12",
                walk(hex("80C90001 11223344  81CA0003 11223344 0105666F 79657200  81CE0002 00000001 00000002")));
        assertFalse(reader.malformed());
    }

    @Test
    void leavesOutPaddingOfTheLastPacket() {
        assertEquals("206/1/12", walk(hex("A1CE0003 00000001 00000002 00000004")));
        assertFalse(reader.malformed());
    }

    @Test
    void keepsWhatCameBeforeTheMalformedPart() {
        for (String tail :
                new String[] {"80", "80C9", "80C900", "80C90001", "40C90000", "A0C90000", "A0C9000100000000"}) {
            assertEquals("203/1/8", walk(hex("81CB0001 00000009" + tail)), tail);
            assertTrue(reader.malformed(), tail);
        }
    }

    @Test
    void hasNothingInRangesOutsideTheArray() {
        assertFalse(reader.wrap(new byte[8], 4, 8).next());
        assertTrue(reader.malformed());
        assertFalse(reader.wrap(new byte[8], -1, 4).next());
        assertFalse(reader.wrap(new byte[0], 0, 0).next());
        assertFalse(reader.malformed());
    }
}
