package dev.foyer.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

/** Shows when a parser looks outside the range that it was given. */
public final class Surroundings {
    private static final int MARGIN = 72;
    private static final byte[] FILLERS = {0, (byte) 0xFF, 0x21};

    private Surroundings() {}

    /** Reads a range and says all that can be seen of it, by {@code equals}. */
    public interface Parser {
        /** Reads {@code buffer[offset .. offset + length)}. */
        Object see(byte[] buffer, int offset, int length) throws Exception;
    }

    /**
     * Reads an input alone in its array and again among different bytes; it must look the same each time.
     *
     * @return what was seen
     */
    public static Object areNotSeen(byte[] input, Parser parser) throws Exception {
        Object alone = parser.see(input.clone(), 0, input.length);
        for (byte filler : FILLERS) {
            byte[] among = new byte[input.length + 2 * MARGIN];
            Arrays.fill(among, filler);
            System.arraycopy(input, 0, among, MARGIN, input.length);
            assertEquals(alone, parser.see(among, MARGIN, input.length));
        }
        return alone;
    }
}
