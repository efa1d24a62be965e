package dev.foyer.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("endpoint.outbox");
    }

    @Test
    void keepsWhatWasNotDelivered() throws IOException {
        Letter first = letter("1", "{\"text\":\"line\\nbreak \u00e9 \\\"quoted\\\"\"}");
        Letter second = letter("2", "{}");
        Letter third = letter("3", "{}");
        try (Outbox outbox = new Outbox(file)) {
            outbox.add(List.of(first));
            outbox.add(List.of(second));
            outbox.add(List.of(third));
            outbox.remove(second);
        }
        try (Outbox outbox = new Outbox(file)) {
            assertEquals(List.of(first, third), outbox.waiting());
            outbox.remove(first);
        }
        try (Outbox outbox = new Outbox(file)) {
            assertEquals(List.of(third), outbox.waiting());
        }
    }

    /** A process may end between any two bytes. */
    @Test
    void losesNothingButTheLineThatWasCutShort() throws IOException {
        List<Letter> letters = List.of(letter("1", "{}"), letter("2", "{\"a\":\"\u00e9\"}"), letter("3", "{}"));
        List<Long> ends = new ArrayList<>();
        try (Outbox outbox = new Outbox(file)) {
            for (Letter letter : letters) {
                outbox.add(List.of(letter));
                ends.add(outbox.fileBytes());
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Path cut = folder.resolve("cut.outbox");
            Files.write(cut, Arrays.copyOf(whole, length));
            int size = length;
            List<Letter> complete =
                    letters.subList(0, (int) ends.stream().filter(end -> end <= size).count());
            try (Outbox outbox = new Outbox(cut)) {
                assertEquals(complete, outbox.waiting(), () -> "cut at " + size);
                outbox.add(List.of(letter("4", "{}")));
            }
            try (Outbox outbox = new Outbox(cut)) {
                assertEquals(complete.size() + 1, outbox.waiting().size(), () -> "after a cut at " + size);
            }
        }
    }

    @Test
    void passesOverRubbish() throws IOException {
        try (Outbox outbox = new Outbox(file)) {
            outbox.add(List.of(letter("1", "{}")));
        }
        Files.writeString(
                file, "rubbish\n[]\n{\"id\":7}\n{\"left\":[]}\n\n\u0000\n", StandardOpenOption.APPEND);
        try (Outbox outbox = new Outbox(file)) {
            assertEquals(List.of(letter("1", "{}")), outbox.waiting());
        }
    }

    @Test
    void startsOverWithAFileThatWasBeingReplaced() throws IOException {
        try (Outbox outbox = new Outbox(file)) {
            outbox.add(List.of(letter("1", "{}")));
        }
        Files.writeString(folder.resolve("endpoint.outbox.new"), "{\"id\":");
        try (Outbox outbox = new Outbox(file)) {
            assertEquals(List.of(letter("1", "{}")), outbox.waiting());
            assertFalse(Files.exists(folder.resolve("endpoint.outbox.new")));
        }
    }

    @Test
    void growsNoLongerThanWhatWaitsAllows() throws IOException {
        Random random = new Random(1);
        List<Letter> waiting = new ArrayList<>();
        long most = 0;
        try (Outbox outbox = new Outbox(file)) {
            for (int i = 0; i < 2_000; i++) {
                if (waiting.size() < 20 && (waiting.isEmpty() || random.nextBoolean())) {
                    Letter letter = letter("id-" + i, "{\"text\":\"" + "x".repeat(random.nextInt(2_000)) + "\"}");
                    waiting.add(letter);
                    outbox.add(List.of(letter));
                } else {
                    outbox.remove(waiting.removeFirst());
                }
                most = Math.max(most, Files.size(file));
                assertEquals(Files.size(file), outbox.fileBytes());
            }
        }
        long limit = 300 << 10;
        assertTrue(most < limit, "it was " + most);
        assertTrue(most > 200 << 10, "it never had to be written anew: " + most);
        try (Outbox outbox = new Outbox(file)) {
            assertEquals(waiting, outbox.waiting());
        }
    }

    private static Letter letter(String id, String body) {
        return new Letter(id, 1_700_000_000_000L, "/calls/%20/x", body);
    }
}
