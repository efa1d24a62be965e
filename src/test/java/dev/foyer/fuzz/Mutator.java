package dev.foyer.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes new inputs of old ones. It knows what parsers trip over: lengths and counts at the edges of their range, pieces
 * that are missing, doubled or out of order, words of the language where nobody expects them, a piece over and over.
 */
public final class Mutator {
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        4,
        0x0F,
        0x10,
        0x1F,
        0x20,
        0x3F,
        0x40,
        0x7F,
        0x80,
        0xBE,
        0xC0,
        0xFE,
        0xFF,
        0x100,
        0x7FFF,
        0x8000,
        0xBEDE,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFF
    };
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1",
        "127",
        "128",
        "255",
        "256",
        "65535",
        "65536",
        "2147483648",
        "4294967295",
        "4294967296",
        "9223372036854775808",
        "99999999999999999999",
        "1e999",
        "0.1",
        "-0",
        "00"
    };
    private static final int MOST_CHANGES = 5;
    private static final int MOST_REPEATS = 200;

    private final Random random;
    private final List<byte[]> words;
    private final int longest;

    /**
     * A source of inputs.
     *
     * @param words to be thrown in
     * @param longest bytes of an input
     */
    public Mutator(Random random, List<String> words, int longest) {
        this.random = random;
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.longest = longest;
    }

    /** A changed copy of one of some inputs. */
    public byte[] next(List<byte[]> pool) {
        byte[] input = pool.get(random.nextInt(pool.size()));
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = change(input, pool);
        }
        return input.length <= longest ? input : Arrays.copyOf(input, longest);
    }

    private byte[] change(byte[] input, List<byte[]> pool) {
        if (input.length == 0) {
            return noise();
        }
        int from = random.nextInt(input.length);
        int to = from + 1 + random.nextInt(Math.min(input.length - from, 1 + random.nextInt(64)));
        return switch (random.nextInt(14)) {
            case 0 -> Arrays.copyOf(input, from);
            case 1 -> flipped(input, from);
            case 2 -> numbered(input, from, 1, EDGES[random.nextInt(EDGES.length)]);
            case 3 -> numbered(input, from, 2, EDGES[random.nextInt(EDGES.length)]);
            case 4 -> numbered(input, from, 4, EDGES[random.nextInt(EDGES.length)]);
            case 5 -> numbered(input, from, 2, number(input, from, 2) + random.nextInt(-4, 5));
            case 6 -> replaced(input, from, to, new byte[0]);
            case 7 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 8 -> replaced(input, from, random.nextBoolean() ? from : to, piece(pool));
            case 9 -> replaced(input, from, random.nextBoolean() ? from : to, word());
            case 10 -> replaced(input, from, to, repeated(Arrays.copyOfRange(input, from, to)));
            case 11 -> lines(input);
            case 12 -> digits(input, from);
            default -> replaced(input, from, to, noise());
        };
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] changed = input.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static int number(byte[] input, int at, int bytes) {
        int value = 0;
        for (int i = at; i < Math.min(input.length, at + bytes); i++) {
            value = value << 8 | (input[i] & 0xFF);
        }
        return value;
    }

    private static byte[] numbered(byte[] input, int at, int bytes, int value) {
        byte[] changed = input.clone();
        for (int i = 0; i < bytes && at + i < input.length; i++) {
            changed[at + i] = (byte) (value >> (8 * (bytes - 1 - i)));
        }
        return changed;
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(input.length + by.length);
        changed.write(input, 0, from);
        changed.writeBytes(by);
        changed.write(input, to, input.length - to);
        return changed.toByteArray();
    }

    private byte[] piece(List<byte[]> pool) {
        byte[] other = pool.get(random.nextInt(pool.size()));
        if (other.length == 0) {
            return other;
        }
        int from = random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from + 1));
    }

    private byte[] word() {
        return words.isEmpty() ? noise() : words.get(random.nextInt(words.size()));
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(12)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] repeated(byte[] piece) {
        int times = Math.min(1 + random.nextInt(MOST_REPEATS), Math.max(1, longest / piece.length));
        byte[] repeated = new byte[piece.length * times];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = piece[i % piece.length];
        }
        return repeated;
    }

    /** Drops, doubles or moves a line, where there are lines. */
    private byte[] lines(byte[] input) {
        int end = lineEnd(input, random.nextInt(input.length));
        int start = end - 1;
        while (start > 0 && input[start - 1] != '\n') {
            start--;
        }
        byte[] line = Arrays.copyOfRange(input, Math.max(0, start), end);
        int elsewhere = lineEnd(input, random.nextInt(input.length));
        return switch (random.nextInt(3)) {
            case 0 -> replaced(input, Math.max(0, start), end, new byte[0]);
            case 1 -> replaced(input, elsewhere, elsewhere, line);
            default -> replaced(input, elsewhere, lineEnd(input, Math.min(elsewhere, input.length - 1)), line);
        };
    }

    private static int lineEnd(byte[] input, int at) {
        int end = at;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        return Math.min(input.length, end + 1);
    }

    /** Puts another decimal number in the place of the first one from a position on. */
    private byte[] digits(byte[] input, int at) {
        int from = at;
        while (from < input.length && !isDigit(input[from])) {
            from++;
        }
        int to = from;
        while (to < input.length && isDigit(input[to])) {
            to++;
        }
        String number = NUMBERS[random.nextInt(NUMBERS.length)];
        return replaced(input, from, to, number.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
