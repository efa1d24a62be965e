package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foyer.app.StartedFoyer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A WebRTC stack of other authors than browsers', through {@code src/test/python}. */
@Tag("browser")
class AiortcTest {
    private static final long SECONDS = 30;

    private final List<Script> scripts = new ArrayList<>();
    private StartedFoyer server;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(python() != null, "no Python with aiortc: see ./foyer doctor");
        server = new StartedFoyer(Map.of());
    }

    @AfterEach
    void stop() {
        scripts.forEach(Script::close);
        if (server != null) {
            server.close();
        }
    }

    @Test
    void watchesWhatAnotherPublishes() throws Exception {
        Script publisher = script("whip_publish.py", "/whip/room");
        assertEquals(201, publisher.await("opened").getInteger("status"));
        publisher.awaitState("connected");

        Script viewer = script("whep_watch.py", "/whep/room");
        viewer.awaitState("connected");
        viewer.awaitFrames("audio", 50);
        viewer.awaitFrames("video", 20);

        String session = publisher.end();
        assertEquals(404, status(session));
        viewer.end();
        assertEquals(0, server.foyer().rooms().participantCount());
    }

    @Test
    void seesWhoeverPublishesLater() throws Exception {
        Script first = script("whip_publish.py", "/whip/room");
        first.awaitState("connected");
        Script viewer = script("whep_watch.py", "/whep/room");
        viewer.awaitFrames("video", 10);

        first.end();
        Script second = script("whip_publish.py", "/whip/room");
        second.awaitState("connected");
        viewer.forget();

        viewer.awaitFrames("video", 10);
        viewer.awaitFrames("audio", 10);
    }

    private Script script(String name, String path) throws IOException {
        Script script = new Script(name, server.url() + path);
        scripts.add(script);
        return script;
    }

    private static int status(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** What {@code ./foyer test} found, or the usual place; null when there is none. */
    private static String python() {
        return Stream.of(System.getenv().getOrDefault("FOYER_PYTHON", "/usr/bin/python3"))
                .filter(name -> !name.isEmpty() && Files.isExecutable(Path.of(name)))
                .filter(AiortcTest::hasAiortc)
                .findFirst()
                .orElse(null);
    }

    private static boolean hasAiortc(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import aiortc")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A script that runs until its input ends, and what it says. */
    private static final class Script implements AutoCloseable {
        private final Process process;
        private final BlockingQueue<JsonObject> said = new LinkedBlockingQueue<>();
        private final List<String> output = new ArrayList<>();
        private String session;

        private Script(String name, String endpoint) throws IOException {
            process = new ProcessBuilder(python(), name, endpoint)
                    .directory(Path.of("src/test/python").toFile())
                    .redirectErrorStream(true)
                    .start();
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith("{")) {
                        said.add(new JsonObject(line));
                    } else {
                        synchronized (output) {
                            output.add(line);
                        }
                    }
                }
            } catch (IOException _) {
                // The process was ended.
            }
        }

        JsonObject await(String event) throws InterruptedException {
            return await(fact -> fact.getString("event").equals(event), event);
        }

        void awaitState(String state) throws InterruptedException {
            await(fact -> state.equals(fact.getString("state")), state);
        }

        void awaitFrames(String kind, int count) throws InterruptedException {
            int[] frames = {0};
            await(
                    fact -> fact.getString("event").equals("frames")
                            && fact.getString("kind").equals(kind)
                            && ++frames[0] == count,
                    count + " frames of " + kind);
        }

        /** Drops what it said until now. */
        void forget() {
            said.clear();
        }

        private JsonObject await(Predicate<JsonObject> wanted, String what) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (true) {
                JsonObject fact = said.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (fact == null) {
                    synchronized (output) {
                        throw new AssertionError("never came to " + what + ":\n" + String.join("\n", output));
                    }
                }
                if (fact.getString("event").equals("opened")) {
                    session = fact.getString("location");
                }
                if (wanted.test(fact)) {
                    return fact;
                }
            }
        }

        /** Has it delete its session, and returns the session's address. */
        String end() throws Exception {
            process.getOutputStream().close();
            assertEquals(200, await("closed").getInteger("status"));
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "still running");
            assertNotNull(session);
            return session;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
