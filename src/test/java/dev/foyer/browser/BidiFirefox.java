package dev.foyer.browser;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Debian's stock Firefox, driven by WebDriver BiDi: as much of that protocol as a smoke test needs.
 *
 * <p>Source: W3C WebDriver BiDi, sections 7.1 (session), 7.3 (browsingContext) and 7.6 (script).
 */
final class BidiFirefox implements AutoCloseable {
    private static final String PREFERENCES = """
            user_pref("media.navigator.streams.fake", true);
            user_pref("media.navigator.permission.disabled", true);
            user_pref("media.autoplay.default", 0);
            user_pref("media.peerconnection.ice.loopback", true);
            user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("app.update.enabled", false);
            user_pref("app.normandy.enabled", false);
            user_pref("services.settings.server", "data:,");
            user_pref("media.gmp-manager.updateEnabled", false);
            user_pref("browser.safebrowsing.malware.enabled", false);
            user_pref("browser.safebrowsing.phishing.enabled", false);
            user_pref("extensions.getAddons.cache.enabled", false);
            """;

    private static final String PAGE = """
            JSON.stringify({
              room: { ...document.querySelector('[data-testid=room]')?.dataset },
              tiles: [...document.querySelectorAll('[data-testid=tile]')].map(tile => ({
                user: tile.dataset.user,
                state: tile.querySelector('video')?.readyState,
                paused: tile.querySelector('video')?.paused,
              })),
              frames: window.foyerMeter?.all(),
              text: document.body.innerText,
            })
            """;

    private final Process process;
    private final WebSocket socket;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private final String context;

    BidiFirefox(Path binary) throws Exception {
        Path profile = Files.createTempDirectory("foyer-firefox");
        Files.writeString(profile.resolve("user.js"), PREFERENCES);
        ProcessBuilder builder = new ProcessBuilder(
                binary.toString(),
                "--headless",
                "--no-remote",
                "--remote-debugging-port=0",
                "--profile",
                profile.toString());
        builder.environment().put("HOME", profile.toString());
        builder.redirectErrorStream(true);
        process = builder.start();
        String endpoint = endpoint().get(60, TimeUnit.SECONDS);
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(endpoint + "/session"), new Listener())
                .get(20, TimeUnit.SECONDS);
        call("session.new", new JsonObject().put("capabilities", new JsonObject()));
        context = call("browsingContext.create", new JsonObject().put("type", "tab"))
                .getString("context");
    }

    private CompletableFuture<String> endpoint() {
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread.ofVirtual().name("firefox-log").start(() -> {
            StringBuilder log = new StringBuilder();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String marker = "WebDriver BiDi listening on ";
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    log.append(line).append('\n');
                    if (line.startsWith(marker)) {
                        found.complete(line.substring(marker.length()).strip());
                    }
                }
            } catch (IOException e) {
                log.append(e);
            }
            found.completeExceptionally(new IllegalStateException("Firefox ended:\n" + log));
        });
        return found;
    }

    /** Opens a page and waits for its load event. */
    void navigate(String url) throws Exception {
        call(
                "browsingContext.navigate",
                new JsonObject().put("context", context).put("url", url).put("wait", "complete"));
    }

    /** Runs a script before every page's own scripts; {@code source} is a function declaration. */
    void preload(String source) throws Exception {
        call("script.addPreloadScript", new JsonObject().put("functionDeclaration", source));
    }

    /** Evaluates an expression, waits for its promise if it is one, and returns its primitive value. */
    Object evaluate(String expression) throws Exception {
        JsonObject answer = call(
                "script.evaluate",
                new JsonObject()
                        .put("expression", expression)
                        .put("target", new JsonObject().put("context", context))
                        .put("awaitPromise", true)
                        .put("userActivation", true));
        if (!"success".equals(answer.getString("type"))) {
            throw new AssertionError("Firefox: " + answer.getJsonObject("exceptionDetails"));
        }
        return String.valueOf(answer.getJsonObject("result").getValue("value"));
    }

    /** Waits in the page, frame by frame, until an expression is true. */
    void await(String condition, int timeoutMs) throws Exception {
        Object met = evaluate("""
                new Promise(resolve => {
                  const end = performance.now() + %d;
                  const look = () => {
                    let met = false;
                    try { met = !!(%s); } catch (e) { met = false; }
                    if (met || performance.now() > end) resolve(met);
                    else setTimeout(look, 50);
                  };
                  look();
                })
                """.formatted(timeoutMs, condition));
        if (!"true".equals(met)) {
            throw new AssertionError("Firefox waited in vain for %s; page: %s".formatted(condition, evaluate(PAGE)));
        }
    }

    private JsonObject call(String method, JsonObject params) throws Exception {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        pending.put(id, answer);
        socket.sendText(
                        new JsonObject()
                                .put("id", id)
                                .put("method", method)
                                .put("params", params)
                                .encode(),
                        true)
                .get(10, TimeUnit.SECONDS);
        return answer.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                CompletableFuture<JsonObject> answer = message.containsKey("id") && message.getValue("id") != null
                        ? pending.remove(message.getLong("id"))
                        : null;
                if (answer != null) {
                    if ("success".equals(message.getString("type"))) {
                        answer.complete(message.getJsonObject("result"));
                    } else {
                        answer.completeExceptionally(new AssertionError("BiDi: " + message));
                    }
                }
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
