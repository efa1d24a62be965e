package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final byte[] scratch = new byte[FrameReader.MAX_FRAME];
    private final FrameReader reader = new FrameReader();
    private final List<String> frames = new ArrayList<>();

    private boolean read(ByteBuf in) {
        boolean goesOn = reader.read(in, scratch, this::add);
        in.release();
        return goesOn;
    }

    private boolean add(byte[] buffer, int offset, int length) {
        frames.add(HexFormat.of().formatHex(buffer, offset, offset + length));
        return !frames.getLast().equals("ff");
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    @Test
    void cutsAtEveryPlaceAlike() {
        String stream = "000201020000000103000405060708";
        for (int first = 0; first <= stream.length(); first += 2) {
            for (int second = first; second <= stream.length(); second += 2) {
                frames.clear();
                assertTrue(read(bytes(stream.substring(0, first))));
                assertTrue(read(bytes(stream.substring(first, second))));
                assertTrue(read(bytes(stream.substring(second))));
                assertEquals(List.of("0102", "", "03", "05060708"), frames, first + " " + second);
                assertEquals(0, reader.held());
            }
        }
    }

    @Test
    void takesTheLongestFrameHoweverItComes() {
        byte[] longest = new byte[FrameReader.MAX_FRAME];
        new Random(3).nextBytes(longest);
        ByteBuf whole = Unpooled.buffer().writeShort(longest.length).writeBytes(longest);
        ByteBuf slow = whole.copy();
        assertTrue(read(whole));
        while (slow.isReadable()) {
            assertTrue(read(slow.readBytes(1)));
        }
        slow.release();
        assertEquals(2, frames.size());
        assertEquals(frames.getFirst(), frames.getLast());
        assertEquals(HexFormat.of().formatHex(longest), frames.getFirst());
    }

    @Test
    void endsAtAFrameThatIsTooLongBeforeTakingAnyOfIt() {
        String tooLong = "%04x".formatted(FrameReader.MAX_FRAME + 1);
        assertFalse(new FrameReader().read(bytes(tooLong + "00"), scratch, this::add));
        assertTrue(read(bytes(tooLong.substring(0, 2))));
        assertFalse(read(bytes(tooLong.substring(2))));
        assertEquals(List.of(), frames);
    }

    @Test
    void stopsWhenTheSinkWantsNoMore() {
        assertFalse(read(bytes("0001ff0001aa")));
        assertEquals(List.of("ff"), frames);
    }

    @Test
    void holdsNoMoreThanOneFrameWhateverComes() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            FrameReader fresh = new FrameReader();
            boolean goesOn = true;
            for (int part = 0; part < 4 && goesOn; part++) {
                byte[] noise = new byte[random.nextInt(3_000)];
                random.nextBytes(noise);
                // Lengths that are allowed, often.
                if (noise.length > 0) {
                    noise[0] &= 7;
                }
                ByteBuf in = Unpooled.wrappedBuffer(noise);
                goesOn = fresh.read(in, scratch, (_, _, length) -> length <= FrameReader.MAX_FRAME);
                assertTrue(fresh.held() < FrameReader.LENGTH_BYTES + FrameReader.MAX_FRAME, Arrays.toString(noise));
                assertTrue(!goesOn || !in.isReadable());
                in.release();
            }
        }
    }
}
