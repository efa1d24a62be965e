package dev.foyer.protocol.dtls;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Surroundings;
import java.util.HexFormat;
import java.util.List;

/** Looks at nothing outside the datagram; what it lets pass to BouncyCastle is bounded by {@link DatagramQueueFuzzTest}. */
class HandshakeGuardFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        String record = "16FEFF0000000000000000";
        return List.of(
                hex(record + "001A010000020000000000000002" + "0102" + "0BFFFFFF0001000000000000"),
                hex(record + "000E010080000000000000000002" + "0102" + record + "000C" + "01000000".repeat(3)));
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, HandshakeGuard::passes);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
