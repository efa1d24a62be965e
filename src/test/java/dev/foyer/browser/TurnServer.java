package dev.foyer.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** coturn on the loopback, sharing a secret with the server under test. */
final class TurnServer implements AutoCloseable {
    static final String SECRET = "the secret of both servers";

    private static final String READY = "Total General servers";

    private final Process process;
    private final Path directory;
    private final int port;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private TurnServer(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Where coturn is, if it is installed: what {@code ./foyer test} found, or the usual places. */
    static Optional<Path> installed() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("FOYER_TURNSERVER")),
                        Stream.of("/usr/bin/turnserver", "/usr/local/bin/turnserver", "/opt/homebrew/bin/turnserver"))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port and returns once it serves. */
    static TurnServer start(Path program) throws Exception {
        Path directory = Files.createTempDirectory("foyer-turn");
        int port = ServerProcess.freeMediaPort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-n",
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--allow-loopback-peers",
                        "--use-auth-secret",
                        "--static-auth-secret=" + SECRET,
                        "--realm=foyer",
                        "--no-cli",
                        "--no-tls",
                        "--no-dtls",
                        "--verbose",
                        "--log-file=stdout",
                        "--pidfile=" + directory.resolve("pid"),
                        "--userdb=" + directory.resolve("users"))
                .redirectErrorStream(true)
                .start();
        TurnServer server = new TurnServer(process, directory, port);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("turn-log").start(() -> server.readLog(ready));
        ready.get(20, TimeUnit.SECONDS);
        return server;
    }

    private void readLog(CompletableFuture<Void> ready) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.add(line);
                if (line.contains(READY)) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            log.add("log ended: " + e);
        }
        ready.completeExceptionally(new IllegalStateException("coturn ended:\n" + log()));
    }

    /** What clients are told. */
    String url() {
        return "turn:127.0.0.1:" + port + "?transport=udp";
    }

    String log() {
        return String.join("\n", List.copyOf(log));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
