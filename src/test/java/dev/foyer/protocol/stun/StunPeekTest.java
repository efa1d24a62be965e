package dev.foyer.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StunPeekTest {
    @Test
    void findsTheReceiversFragment() {
        assertEquals("evtj", StunPeek.usernameFragment(StunVectors.REQUEST, 0, StunVectors.REQUEST.length));
    }

    @Test
    void findsNoneInResponsesTruncationsAndOtherPackets() {
        assertNull(StunPeek.usernameFragment(StunVectors.IPV4_RESPONSE, 0, StunVectors.IPV4_RESPONSE.length));
        int endOfUsername = 20 + 20 + 8 + 12 + 4 + 9;
        for (int length = 0; length < endOfUsername; length++) {
            assertNull(StunPeek.usernameFragment(Arrays.copyOf(StunVectors.REQUEST, length), 0, length), "" + length);
        }
        byte[] noColon = StunVectors.REQUEST.clone();
        noColon[20 + 20 + 8 + 12 + 4 + 4] = 'x';
        assertNull(StunPeek.usernameFragment(noColon, 0, noColon.length));
    }

    @Test
    void tellsStunFromDtlsAndRtp() {
        assertTrue(StunPeek.isStun(StunVectors.REQUEST, 0, StunVectors.REQUEST.length));
        for (int first = 4; first < 256; first++) {
            byte[] packet = StunVectors.REQUEST.clone();
            packet[0] = (byte) first;
            assertFalse(StunPeek.isStun(packet, 0, packet.length), "first byte " + first);
        }
        byte[] otherCookie = StunVectors.REQUEST.clone();
        otherCookie[6]++;
        assertFalse(StunPeek.isStun(otherCookie, 0, otherCookie.length));
    }
}
