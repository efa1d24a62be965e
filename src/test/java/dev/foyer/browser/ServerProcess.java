package dev.foyer.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server as a user runs it: its own JVM, configured by environment variables, on a free port. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the server and returns once it says where it is. */
    public static ServerProcess start(Map<String, String> environment) throws Exception {
        return start(environment, freePort(), List.of());
    }

    /** As {@link #start(Map)}, with words before the command. */
    static ServerProcess start(Map<String, String> environment, List<String> prefix) throws Exception {
        return start(environment, freePort(), prefix);
    }

    /** As {@link #start(Map)}, on a port of the caller's choice. */
    static ServerProcess start(Map<String, String> environment, int port) throws Exception {
        return start(environment, port, List.of());
    }

    private static ServerProcess start(Map<String, String> environment, int port, List<String> prefix)
            throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // The test class path has a quieter configuration of the log.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.foyer.app.Main"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        ServerProcess server = new ServerProcess(process, port);
        CompletableFuture<Void> up = new CompletableFuture<>();
        Thread.ofVirtual().name("server-log").start(() -> server.readLog(up));
        try {
            up.get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the server does not start:\n" + server.log(), e);
        }
        return server;
    }

    private void readLog(CompletableFuture<Void> up) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.add(line);
                if (line.contains("Foyer is at")) {
                    up.complete(null);
                }
            }
        } catch (IOException e) {
            log.add("log ended: " + e);
        }
        up.completeExceptionally(new IllegalStateException("the server ended:\n" + String.join("\n", log)));
    }

    /** The port of HTTP. */
    public int port() {
        return port;
    }

    /** The id of its process. */
    public long pid() {
        return process.pid();
    }

    /** Base address, without a trailing slash. */
    public String url() {
        return "http://localhost:" + port;
    }

    /** What the server printed so far. */
    public String log() {
        return String.join("\n", List.copyOf(log));
    }

    /** Body of a GET. */
    String get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url() + path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGTERM and waits. */
    int terminate(long seconds) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running " + seconds + " s after SIGTERM:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A port that nobody uses now, neither for UDP nor for TCP. */
    public static int freeMediaPort() throws IOException {
        while (true) {
            try (DatagramSocket udp = new DatagramSocket(0);
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort())) {
                return tcp.getLocalPort();
            } catch (BindException _) {
                // Taken for TCP: the next one.
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
