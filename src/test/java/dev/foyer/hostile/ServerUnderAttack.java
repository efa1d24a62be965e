package dev.foyer.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.app.CallClient;
import dev.foyer.browser.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.json.JSONObject;

/** A server in its own process, with a witness of each dialect who sits alone in a room and should hear nothing. */
final class ServerUnderAttack implements AutoCloseable {
    /** What a second wave of an attack may leave on the heap: seats of lost connections are kept for two minutes. */
    private static final long FLAT_BYTES = 24L << 20;

    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(1);
    private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])");

    private final ServerProcess process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, CallClient> witnesses = new LinkedHashMap<>();
    private int guests;

    ServerUnderAttack() throws Exception {
        int media = ServerProcess.freeMediaPort();
        process = ServerProcess.start(Map.of(
                "MEDIASOUP_WORKERS", "1",
                "RTC_MIN_PORT", Integer.toString(media),
                "RTC_MAX_PORT", Integer.toString(media)));
        witness("call", "/", "joinRoom", "callId");
        witness("signaling", "/signaling", "join-room", "roomId");
        witness("webrtc", "/", "webrtc:join-room", "callRoomId");
        witness("guide", "/ws", "join-room", "roomId");
        CallClient mediasoup = CallClient.connected(port());
        mediasoup.ask("mediasoup:create-room", new JSONObject(Map.of("roomId", "elsewhere-mediasoup")));
        join("mediasoup", mediasoup, "mediasoup:join-room", "roomId");
        // The first request of a client and of a server are none to go by.
        http.send(health(Duration.ofSeconds(20)), HttpResponse.BodyHandlers.ofString());
    }

    private void witness(String dialect, String namespace, String join, String room) throws Exception {
        join(dialect, CallClient.connected(port(), namespace), join, room);
    }

    private void join(String dialect, CallClient client, String join, String room) throws Exception {
        JSONObject joined =
                client.ask(join, new JSONObject(Map.of(room, "elsewhere-" + dialect, "userId", "witness-" + dialect)));
        assertTrue(joined.getBoolean("success"), dialect + " " + joined);
        witnesses.put(dialect, client);
        roundTrip(client);
        client.heard();
    }

    int port() {
        return process.port();
    }

    /** Socket id of a dialect's witness. */
    String witness(String dialect) {
        return witnesses.get(dialect).id();
    }

    /** Two equal waves of an attack, and what must hold after them. */
    void withstands(Attack attack) throws Exception {
        try {
            attack.wave(this);
            attack.cease();
            long before = heapBytes();
            attack.wave(this);
            answersHealthAtOnce();
            admitsAGuest();
            attack.cease();
            assertNothingCrossed();
            long left = heapBytes() - before;
            assertTrue(left <= FLAT_BYTES, "the second wave left " + (left >> 10) + " KB on the heap");
            assertEquals("", errors());
        } finally {
            attack.cease();
        }
    }

    /** From the first error in the log on, as much as says what it was. */
    private String errors() {
        String log = process.log();
        int first = log.indexOf(" ERROR ");
        return first < 0 ? "" : log.substring(first, Math.min(log.length(), first + 3_000));
    }

    private void answersHealthAtOnce() throws Exception {
        HttpResponse<String> response = http.send(health(HEALTHY_WITHIN), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("\"healthy\""), response::body);
    }

    private HttpRequest health(Duration timeout) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/health"))
                .timeout(timeout)
                .build();
    }

    private void admitsAGuest() throws Exception {
        guests++;
        try (CallClient guest = CallClient.connected(port())) {
            JSONObject joined =
                    guest.data("joinRoom", new JSONObject(Map.of("callId", "guests-" + guests, "userId", "guest")));
            assertEquals(guest.id(), joined.getString("peerId"));
            assertEquals(0, joined.getJSONArray("peers").length());
            assertTrue(guest.data("createTransport", new JSONObject(Map.of("direction", "send")))
                    .has("iceParameters"));
        }
    }

    private void assertNothingCrossed() throws Exception {
        for (Map.Entry<String, CallClient> witness : witnesses.entrySet()) {
            roundTrip(witness.getValue());
            assertEquals(List.of(), witness.getValue().heard(), "the witness of " + witness.getKey());
        }
    }

    /** What was sent to a client before has come when its own question is answered. */
    private static void roundTrip(CallClient client) throws Exception {
        assertEquals(
                "INVALID_MESSAGE",
                client.ask("nobody knows this", new JSONObject()).getString("code"));
    }

    /** Bytes in use after a collection. */
    private long heapBytes() throws Exception {
        jcmd("GC.run");
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        assertTrue(used.find());
        int shift = switch (used.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            default -> 30;
        };
        return Long.parseLong(used.group(1)) << shift;
    }

    private String jcmd(String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(jcmd.waitFor(20, TimeUnit.SECONDS));
        return said;
    }

    @Override
    public void close() {
        witnesses.values().forEach(CallClient::close);
        http.close();
        process.close();
    }
}
