package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HandshakeGuardTest {
    private static final String RECORD = "16 FEFF 0000 000000000000 ";

    private static boolean passes(String hex) {
        byte[] bytes = hex(hex);
        byte[] among = new byte[bytes.length + 40];
        Arrays.fill(among, (byte) 0xFF);
        System.arraycopy(bytes, 0, among, 20, bytes.length);
        return HandshakeGuard.passes(among, 20, bytes.length);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void refusesMessagesThatAnnounceTooMuch() {
        assertTrue(passes(RECORD + "000E 01008000 0000 000000 000002 0102"));
        assertFalse(passes(RECORD + "000E 01008001 0000 000000 000002 0102"));
        assertFalse(passes(RECORD + "000E FEFE00A2 0000 000000 000002 0102"));
        assertFalse(
                passes(RECORD + "000E 01000002 0000 000000 000002 0102" + RECORD + "000C 0BFFFFFF 0001 000000 000000"));
        assertFalse(passes(RECORD + "001A 01000002 0000 000000 000002 0102 0BFFFFFF 0001 000000 000000"));
    }

    @Test
    void leavesAloneWhatItCannotRead() {
        assertTrue(passes("16 FEFD 0001 000000000000 000C FFFFFFFF 0000 000000 000000"));
        assertTrue(passes("17 FEFD 0000 000000000000 000C FFFFFFFF 0000 000000 000000"));
        assertTrue(passes(RECORD + "000C FFFFFF"));
        assertTrue(passes("16"));
        assertTrue(passes(""));
    }

    @Test
    void standsBeforeBouncyCastle() {
        DatagramQueue queue = new DatagramQueue((_, _, _) -> {});
        byte[] monster = hex(RECORD + "000C FEFE00A2 0000 000000 000000");
        assertTrue(queue.offer(monster, 0, monster.length));
        queue.stopWaiting(CiphertextGuard.SHORTEST_GCM);
        assertThrows(InterruptedIOException.class, () -> queue.receive(new byte[2048], 0, 2048, 1));
    }
}
