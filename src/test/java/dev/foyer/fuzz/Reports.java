package dev.foyer.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** Says which input broke what, and keeps it. */
final class Reports {
    /** Where inputs that fail are kept, and what a coverage-guided run has learnt. */
    static final Path FOLDER = Path.of("target", "fuzz");

    private static final int MOST_SHOWN = 4_000;

    private Reports() {}

    /** A text with the input in it, which is also written to a file. */
    static String failure(FuzzTarget target, byte[] input, Throwable failure) {
        String name = target.getClass().getSimpleName();
        Path file = FOLDER.resolve(name + "-" + Integer.toHexString(Arrays.hashCode(input)));
        try {
            Files.createDirectories(FOLDER);
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name + " breaks on " + input.length + " bytes: " + failure
                + "\n  hex:  " + shown(HexFormat.of().formatHex(input))
                + "\n  text: " + shown(printable(input))
                + "\n  again by: ./foyer fuzz " + name + " " + file;
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + " ...";
    }

    private static String printable(byte[] input) {
        StringBuilder text = new StringBuilder();
        for (char character : new String(input, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (character) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                default -> text.append(character >= ' ' && character < 127 ? character : '.');
            }
        }
        return text.toString();
    }
}
