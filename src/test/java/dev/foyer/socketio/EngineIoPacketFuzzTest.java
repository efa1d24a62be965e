package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Steps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packets of a payload are no longer than it is, and joined again they are the same packets. */
class EngineIoPacketFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return List.of(
                bytes("4hello\u001e2\u001e42[\"e\",1]"),
                bytes("bAQIDBA==\u001e4\u20ac"),
                bytes("3probe"),
                bytes("bAQID\nBA==\r\u001e6"),
                bytes("0{}\u001e1\u001e5"),
                bytes("\u001e\u001e"));
    }

    @Override
    public List<String> words() {
        return List.of("\u001e", "b", "4", "b\u001e", "==", "AAAA", "7", "451-", "\n");
    }

    @Override
    public Object examine(byte[] input) {
        List<OutboundFrame> frames = new ArrayList<>();
        boolean malformed = packets(input, frames);
        if (!frames.isEmpty()) {
            byte[] joined = EngineIoPacket.encodePayload(frames);
            // Base64 may come without the equals signs that fill it up.
            assertTrue(
                    joined.length <= input.length + 2 * frames.size(),
                    "grown from " + input.length + " to " + joined.length);
            List<OutboundFrame> again = new ArrayList<>();
            assertEquals(false, packets(joined, again));
            assertEquals(frames.size(), again.size());
            for (int i = 0; i < frames.size(); i++) {
                assertEquals(frames.get(i).binary(), again.get(i).binary());
                assertArrayEquals(frames.get(i).bytes(), again.get(i).bytes());
            }
        }
        return List.of(
                malformed,
                Math.min(frames.size(), 8),
                frames.stream().filter(OutboundFrame::binary).count() % 4);
    }

    /** Collects the packets; returns whether the walk ended at something malformed. */
    private static boolean packets(byte[] payload, List<OutboundFrame> frames) {
        boolean[] malformed = {false};
        // Packets and what separates them.
        Steps steps = new Steps(payload.length + 1L);
        EngineIoPacket.decodePayload(payload, new EngineIoPacket.Receiver() {
            @Override
            public boolean text(EngineIoPacket.Type type, byte[] bytes, int offset, int end) {
                assertTrue(offset >= 1 && offset <= end && end <= bytes.length);
                assertTrue(bytes[offset - 1] >= '0' && bytes[offset - 1] <= '6', type + " of another digit");
                frames.add(new OutboundFrame(Arrays.copyOfRange(bytes, offset - 1, end), false));
                return steps.step();
            }

            @Override
            public boolean binary(byte[] bytes) {
                frames.add(new OutboundFrame(bytes, true));
                return steps.step();
            }

            @Override
            public void malformed() {
                assertTrue(!malformed[0], "went on after something malformed");
                malformed[0] = true;
            }
        });
        return malformed[0];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
