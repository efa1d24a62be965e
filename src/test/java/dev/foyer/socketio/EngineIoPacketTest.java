package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineIoPacketTest {
    private final List<String> seen = new ArrayList<>();

    private final EngineIoPacket.Receiver receiver = new EngineIoPacket.Receiver() {
        @Override
        public boolean text(EngineIoPacket.Type type, byte[] bytes, int offset, int end) {
            seen.add(type + ":" + new String(bytes, offset, end - offset, StandardCharsets.UTF_8));
            return type != EngineIoPacket.Type.CLOSE;
        }

        @Override
        public boolean binary(byte[] bytes) {
            seen.add(Arrays.toString(bytes));
            return true;
        }

        @Override
        public void malformed() {
            seen.add("malformed");
        }
    };

    private List<String> decode(String payload) {
        seen.clear();
        EngineIoPacket.decodePayload(payload.getBytes(StandardCharsets.UTF_8), receiver);
        return List.copyOf(seen);
    }

    @Test
    void walksThePacketsOfAPayload() {
        assertEquals(
                List.of("MESSAGE:héllo", "[1, 2, 3, 4]", "PONG:", "NOOP:"),
                decode("4héllo\u001ebAQIDBA==\u001e3\u001e6"));
    }

    @Test
    void takesBase64InLines() {
        assertEquals(List.of("[1, 2, 3, 4]"), decode("bAQID\r\nBA==\n"));
    }

    @Test
    void stopsAtTheFirstThatIsNoPacket() {
        assertEquals(List.of("malformed"), decode(""));
        assertEquals(List.of("MESSAGE:", "malformed"), decode("4\u001e\u001e4x"));
        assertEquals(List.of("malformed"), decode("7"));
        assertEquals(List.of("malformed"), decode("b*"));
        assertEquals(List.of("malformed"), decode("\u001e"));
    }

    @Test
    void stopsWhenTheReceiverHasEnough() {
        assertEquals(List.of("CLOSE:"), decode("1\u001e4late"));
    }

    @Test
    void joinsPacketsToAPayload() {
        List<OutboundFrame> frames =
                List.of(OutboundFrame.text("4a"), new OutboundFrame(new byte[] {1, 2, 3, 4}, true), OutboundFrame.PING);
        byte[] payload = EngineIoPacket.encodePayload(frames);
        assertEquals("4a\u001ebAQIDBA==\u001e2", new String(payload, StandardCharsets.UTF_8));
        assertEquals(List.of("MESSAGE:a", "[1, 2, 3, 4]", "PING:"), decode("4a\u001ebAQIDBA==\u001e2"));
    }
}
