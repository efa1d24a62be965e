package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.socket.client.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, started as {@code ./foyer run} starts it. */
@Tag("integration")
class MainTest {
    private static final Pattern ADDRESS = Pattern.compile("Foyer is at http://localhost:(\\d+)");

    @TempDir
    private Path directory;

    private Process process;

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void tellsClientsAndEndsInTimeWhenItIsToldTo() throws Exception {
        spawn(Map.of("PORT", "0"));
        int port = portFrom(process.inputReader());
        try (CallClient client = CallClient.connected(port)) {
            client.data("joinRoom", new JSONObject().put("callId", "r").put("userId", "ada"));

            long toldAt = System.nanoTime();
            process.toHandle().destroy();
            assertEquals("shutdown", client.await("roomClosed").json().getString("reason"));
            assertTrue(process.waitFor(5, TimeUnit.SECONDS), "still runs after 5 s");
            assertEquals(0, process.exitValue());
            assertTrue(System.nanoTime() - toldAt < TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithItsSettings() throws Exception {
        spawn(Map.of("PORT", "many"));

        assertEquals(
                List.of("foyer: PORT is \"many\", but may be whole numbers from 0 to 65535, separated by commas"),
                process.errorReader().lines().toList());
        assertEquals(2, process.waitFor());
    }

    @Test
    void refusesToListenPubliclyWithoutASecret() throws Exception {
        spawn(Map.of("PORT", "0", "HOST", "0.0.0.0"));

        assertEquals(
                List.of("foyer: HOST is \"0.0.0.0\", where others can reach it: set JWT_SECRET or JWKS_URL so that only"
                        + " those with a token get in, or start with --insecure to let everybody in"),
                process.errorReader().lines().toList());
        assertEquals(2, process.waitFor());
    }

    @Test
    void saysInOneLineThatItsKeySetIsMissing() throws Exception {
        String uri = directory.resolve("keys.json").toUri().toString();
        spawn(Map.of("PORT", "0", "JWKS_URL", uri));

        assertEquals(
                List.of("foyer: JWKS_URL is \"" + uri + "\", which cannot be read"),
                process.errorReader().lines().toList());
        assertEquals(1, process.waitFor());
    }

    @Test
    void saysInOneLineThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            spawn(Map.of("PORT", Integer.toString(taken.getLocalPort())));
            List<String> lines = process.errorReader().lines().toList();

            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.getFirst().contains("the port is in use"), lines::toString);
            assertEquals(1, process.waitFor());
        }
    }

    @Test
    void logsNeitherSecretsNorAddresses() throws Exception {
        spawn(Map.of("PORT", "0", "LOG_LEVEL", "trace", "JWT_SECRET", "s3cret-s3cret-s3cret-s3cret-s3cret"));
        BufferedReader out = process.inputReader();
        try (CallClient client = new CallClient(portFrom(out), "not.a.token")) {
            client.await(Socket.EVENT_CONNECT_ERROR);
        }
        process.toHandle().destroy();
        String rest = String.join("\n", out.lines().toList());

        assertFalse(rest.contains("s3cret"), rest);
        assertFalse(rest.contains("not.a.token"), rest);
        assertFalse(rest.contains("127.0.0.1"), rest);
    }

    @Test
    void writesOneLineOfJsonForEachStay() throws Exception {
        spawn(Map.of(
                "PORT", "0",
                "LOG_FORMAT", "json",
                "TURN_URLS", "turn:192.0.2.44",
                "TURN_SECRET", "turn-s3cret"));
        BufferedReader out = process.inputReader();
        String id;
        try (CallClient client = CallClient.connected(portFrom(out))) {
            client.data(
                    "joinRoom",
                    new JSONObject()
                            .put("callId", "turn-s3cret at 192.0.2.44")
                            .put("userId", "ada-the-user")
                            .put("displayName", "Ada Name"));
            id = client.id();
            client.data("createTransport", new JSONObject().put("direction", "send"));
            client.data("leaveRoom", new JSONObject());
        }
        process.toHandle().destroy();
        List<String> lines = out.lines().toList();
        List<JSONObject> stays = new ArrayList<>();
        for (String line : lines) {
            JSONObject object = new JSONObject(line);
            if (id.equals(object.optString("participant"))) {
                stays.add(object);
            }
        }

        assertEquals(1, stays.size(), lines::toString);
        JSONObject stay = stays.getFirst();
        assertEquals("[secret] at [address]", stay.getString("room"));
        assertEquals("call", stay.getString("dialect"));
        assertEquals("left", stay.getString("reason"));
        assertTrue(stay.getDouble("seconds") >= 0);
        assertTrue(stay.has("joined") && stay.has("mode"));
        String all = String.join("\n", lines);
        for (String secret : List.of("s3cret", "192.0.2.44", "127.0.0.1", "ada-the-user", "Ada Name")) {
            assertFalse(all.contains(secret), all);
        }
    }

    private void spawn(Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of("jvm.options").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        // The tests' logging is set up for tests.
                        "-Dlogback.configurationFile="
                                + Path.of("src/main/resources/logback.xml").toUri(),
                        "dev.foyer.app.Main")
                .directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JDK_") || name.startsWith("JAVA_"));
        builder.environment().putAll(variables);
        process = builder.start();
    }

    private static int portFrom(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("the server did not start");
    }
}
