package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server on a runtime of just the modules that the container image has. */
@Tag("integration")
class RuntimeImageTest {
    private static final Pattern ADDRESS = Pattern.compile("Foyer is at http://localhost:(\\d+)");
    private static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

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
    void servesOnTheModulesOfTheImage() throws Exception {
        Path runtime = directory.resolve("runtime");
        String modules = Files.readAllLines(Path.of("deploy/modules.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining(","));
        assertEquals(0, run(TOOLS.resolve("jlink"), "--add-modules", modules, "--output", runtime.toString()));

        ProcessBuilder server = new ProcessBuilder(
                        runtime.resolve("bin/java").toString(),
                        "@" + Path.of("jvm.options").toAbsolutePath(),
                        "-jar",
                        Path.of("target/foyer.jar").toAbsolutePath().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        server.environment().putAll(Map.of("PORT", "0", "MEDIASOUP_WORKERS", "1"));
        process = server.start();
        try (CallClient client = CallClient.connected(port(process.inputReader()))) {
            JSONObject joined =
                    client.data("joinRoom", new JSONObject().put("callId", "r").put("userId", "ada"));
            assertTrue(joined.has("rtpCapabilities"), joined::toString);
            JSONObject transport = client.data("createTransport", new JSONObject().put("direction", "send"));
            assertTrue(transport.has("dtlsParameters"), transport::toString);
        }
        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private int run(Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command).inheritIO().start();
        assertTrue(tool.waitFor(120, TimeUnit.SECONDS));
        return tool.exitValue();
    }

    private static int port(BufferedReader out) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            all.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("it ended: " + all);
    }
}
