package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketReaderTest {
    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MAX_PAYLOAD = 100_000;

    private final Random random = new Random(3);
    private final List<String> seen = new ArrayList<>();
    private final WebSocketReader reader = new WebSocketReader(MAX_PAYLOAD, new WebSocketReader.Receiver() {
        @Override
        public void text(byte[] message) {
            seen.add("text " + string(message));
        }

        @Override
        public void binary(byte[] message) {
            seen.add("binary " + string(message));
        }

        @Override
        public void ping(byte[] bytes) {
            seen.add("ping " + string(bytes));
        }

        @Override
        public void close() {
            seen.add("close");
        }

        @Override
        public void violation() {
            seen.add("violation");
        }
    });

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + i % 26));
        }
        return text.toString();
    }

    /** A masked frame with its length in the shortest form. */
    private ByteBuf frame(int firstByte, String payload) {
        int length = payload.length();
        ByteBuf frame = Unpooled.buffer().writeByte(firstByte);
        if (length < 126) {
            frame.writeByte(0x80 | length);
        } else if (length < 65_536) {
            frame.writeByte(0x80 | 126).writeShort(length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.writeBytes(mask);
        for (int i = 0; i < length; i++) {
            frame.writeByte(payload.charAt(i) ^ mask[i & 3]);
        }
        return frame;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 8_191, 8_192, 8_193, 65_535, 65_536, MAX_PAYLOAD})
    void readsMessagesOfEveryLength(int length) {
        reader.read(frame(FINAL | TEXT, letters(length)));
        reader.read(frame(FINAL | BINARY, letters(length)));

        assertEquals(List.of("text " + letters(length), "binary " + letters(length)), seen);
    }

    @Test
    void readsTheSameHoweverTheBytesAreCut() {
        List<String> expected = List.of(
                "ping p", "text " + letters(300) + letters(70_000) + "end", "text ", "binary " + letters(20), "close");
        for (int round = 0; round < 200; round++) {
            seen.clear();
            ByteBuf all = Unpooled.wrappedBuffer(
                    frame(TEXT, letters(300)),
                    frame(FINAL | PING, "p"),
                    frame(CONTINUATION, letters(70_000)),
                    frame(FINAL | PONG, ""),
                    frame(FINAL | CONTINUATION, "end"),
                    frame(FINAL | TEXT, ""),
                    frame(FINAL | BINARY, letters(20)),
                    frame(FINAL | CLOSE, ""));
            while (all.isReadable()) {
                int most = random.nextBoolean() ? 5 : 20_000;
                reader.read(all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(most))));
            }
            assertEquals(expected, seen);
        }
    }

    /** First byte, second byte and what follows them, in hexadecimal. */
    @ParameterizedTest
    @CsvSource({
        "81, 00, '', not masked",
        "C1, 80, 00000000, a reserved bit",
        "83, 80, 00000000, an opcode of nothing",
        "8B, 80, 00000000, a control opcode of nothing",
        "80, 80, 00000000, a continuation of nothing",
        "09, 80, 00000000, a ping in fragments",
        "89, FE, 007E00000000, a ping too long",
        "81, FE, 007D00000000, a length in two bytes that fits seven bits",
        "81, FF, 000000000000FFFF00000000, a length in eight bytes that fits two",
        "81, FF, 800000000001000000000000, a negative length",
        "81, FF, 00000000000186A100000000, one byte more than allowed"
    })
    void stopsAtWhatBreaksTheProtocol(String first, String second, String rest, String why) {
        ByteBuf bytes =
                Unpooled.buffer().writeByte(Integer.parseInt(first, 16)).writeByte(Integer.parseInt(second, 16));
        for (int i = 0; i < rest.length(); i += 2) {
            bytes.writeByte(Integer.parseInt(rest.substring(i, i + 2), 16));
        }
        reader.read(bytes);
        reader.read(frame(FINAL | TEXT, "after"));

        assertEquals(List.of("violation"), seen, why);
    }

    @Test
    void startsNoMessageWithinAnother() {
        reader.read(frame(TEXT, "a"));
        reader.read(frame(FINAL | TEXT, "b"));

        assertEquals(List.of("violation"), seen);
    }

    @Test
    void limitsMessagesInFragments() {
        reader.read(frame(TEXT, letters(MAX_PAYLOAD - 1)));
        reader.read(frame(CONTINUATION, "b"));
        assertEquals(List.of(), seen);
        reader.read(frame(FINAL | CONTINUATION, "c"));

        assertEquals(List.of("violation"), seen);
    }
}
