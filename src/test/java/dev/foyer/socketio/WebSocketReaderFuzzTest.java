package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a connection mean the same however they are cut, nothing follows a violation, no message is longer than
 * allowed, and room is made for bytes that came, not for bytes that were announced.
 */
class WebSocketReaderFuzzTest implements FuzzTarget {
    private static final int MAX_PAYLOAD = 600;

    @Override
    public List<byte[]> corpus() {
        return List.of(
                frames(0x81, "hello", 0x82, "\u0001\u0002", 0x89, "ping"),
                frames(0x01, "one", 0x80, "two", 0x8A, "", 0x88, ""),
                frames(0x02, "", 0x00, "x", 0x89, "between", 0x80, "y"),
                frames(0x81, "x".repeat(200), 0x81, "y".repeat(700)),
                hex("81 FF 0000000000010000 01020304 AA"),
                hex("82 FE 7FFF 01020304 AA"));
    }

    @Override
    public List<String> words() {
        return List.of("\u0001\u0080", "\u0000\u0080", "\u0080\u0080abcd", "\u0089\u00fd", "\u0081\u00fe\u0000\u0090");
    }

    @Override
    public int runs() {
        return 8_000;
    }

    @Override
    public Object examine(byte[] input) {
        List<String> whole = read(input, input.length);
        assertEquals(whole, read(input, 1));
        assertEquals(whole, read(input, 7));
        return whole.stream().map(seen -> seen.substring(0, 2)).toList();
    }

    private static List<String> read(byte[] input, int piece) {
        Seen seen = new Seen();
        WebSocketReader reader = new WebSocketReader(MAX_PAYLOAD, seen);
        for (int at = 0; at < input.length; at += piece) {
            ByteBuf bytes = Unpooled.wrappedBuffer(input, at, Math.min(piece, input.length - at));
            reader.read(bytes);
        }
        return seen.events;
    }

    private static final class Seen implements WebSocketReader.Receiver {
        private final List<String> events = new ArrayList<>();

        private void add(String kind, byte[] bytes) {
            assertTrue(!events.contains("violation"), "something follows a violation");
            assertTrue(bytes.length <= MAX_PAYLOAD);
            events.add(kind + HexFormat.of().formatHex(bytes));
        }

        @Override
        public void text(byte[] message) {
            add("text ", message);
        }

        @Override
        public void binary(byte[] message) {
            add("binary ", message);
        }

        @Override
        public void ping(byte[] bytes) {
            assertTrue(bytes.length <= 125);
            add("ping ", bytes);
        }

        @Override
        public void close() {
            add("close", new byte[0]);
        }

        @Override
        public void violation() {
            add("violation", new byte[0]);
        }
    }

    /** Masked frames: first byte and payload in turn. */
    private static byte[] frames(Object... parts) {
        ByteBuf bytes = Unpooled.buffer();
        byte[] key = {1, 2, 3, 4};
        for (int i = 0; i < parts.length; i += 2) {
            byte[] payload = ((String) parts[i + 1]).getBytes(StandardCharsets.ISO_8859_1);
            bytes.writeByte((Integer) parts[i]);
            if (payload.length < 126) {
                bytes.writeByte(0x80 | payload.length);
            } else {
                bytes.writeByte(0x80 | 126).writeShort(payload.length);
            }
            bytes.writeBytes(key);
            for (int at = 0; at < payload.length; at++) {
                bytes.writeByte(payload[at] ^ key[at & 3]);
            }
        }
        byte[] all = new byte[bytes.readableBytes()];
        bytes.readBytes(all);
        return all;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
