package dev.foyer.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A publisher by WHIP on aiortc, in a process of its own; its picture is a plain dark green. */
final class WhipPublisher implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src/test/python/whip_publish.py");
    private static final String PYTHON = System.getenv().getOrDefault("FOYER_PYTHON", "/usr/bin/python3");
    private static final long GOODBYE_SECONDS = 10;

    private final Process process;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** Whether this machine has what it takes. */
    static boolean available() throws Exception {
        return Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import aiortc")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
    }

    /**
     * Starts to publish.
     *
     * @param endpoint the room's WHIP endpoint
     */
    WhipPublisher(String endpoint) throws IOException {
        process = new ProcessBuilder(PYTHON, SCRIPT.toString(), endpoint)
                .redirectErrorStream(true)
                .start();
        Thread.ofVirtual().name("whip-log").start(this::readLog);
    }

    private void readLog() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(log::add);
        } catch (IOException | UncheckedIOException e) {
            log.add("log ended: " + e);
        }
    }

    /** What the publisher said so far. */
    String log() {
        return String.join("\n", List.copyOf(log));
    }

    /** Ends the session as a client does, by DELETE. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
