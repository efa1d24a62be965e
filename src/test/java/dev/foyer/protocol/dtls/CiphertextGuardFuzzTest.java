package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Surroundings;
import java.util.HexFormat;
import java.util.List;

/** Lets a datagram pass exactly when no record header in it announces too little of ciphertext. */
class CiphertextGuardFuzzTest implements FuzzTarget {
    private static final int HEADER = 13;

    @Override
    public List<byte[]> corpus() {
        return List.of(
                hex("16 FEFD 0000 000000000000 0003 010203 17 FEFD 0001 000000000001 0002 0102"),
                hex("17 FEFD 0001 000000000001 0018 " + "00".repeat(24)),
                hex("15 FEFD 0001 000000000001 0018 " + "00".repeat(24) + "15 FEFD 0100 000000000001 0017"));
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, (buffer, offset, length) -> {
            boolean passes = CiphertextGuard.passes(buffer, offset, length, CiphertextGuard.SHORTEST_GCM);
            assertEquals(expected(buffer, offset, offset + length), passes);
            return passes;
        });
    }

    /** The same, told once more and without a care for speed. */
    private static boolean expected(byte[] buffer, int at, int end) {
        if (end - at < HEADER) {
            return true;
        }
        int epoch = number(buffer, at + 3);
        int size = number(buffer, at + 11);
        boolean tooShort = epoch > 0 && size < CiphertextGuard.SHORTEST_GCM;
        return !tooShort && expected(buffer, at + HEADER + size, end);
    }

    private static int number(byte[] buffer, int at) {
        return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
