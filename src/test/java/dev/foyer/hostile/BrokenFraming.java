package dev.foyer.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets of Engine.IO and Socket.IO that are none, by WebSocket and by polling, in and out of a namespace. */
final class BrokenFraming implements Attack {
    private static final List<String> PACKETS = List.of(
            "",
            "0",
            "1",
            "3",
            "5",
            "6",
            "7",
            "x",
            "b",
            "4",
            "49",
            "44{\"message\":\"no\"}",
            "40{\"token\":",
            "40{\"__proto__\":{\"sid\":\"x\"},\"constructor\":1}",
            "40" + HostileValues.nested(5_000),
            "40/" + "n".repeat(300) + ",",
            "40/__proto__,",
            "40/../signaling,",
            "40/nobody,",
            "40{\"pid\":\"../../x\",\"offset\":\"x\"}",
            "40{\"pid\":" + HostileValues.PROTOTYPE + ",\"offset\":7}",
            "42",
            "42[]",
            "42[null]",
            "42[\"connect\"]",
            "42[\"disconnecting\",1]",
            "42[\"__proto__\",{}]",
            "42[\"e\"",
            "42[\"e\",1e]",
            "42[\"" + "e".repeat(100_000) + "\"]",
            "42" + HostileValues.nested(20_000),
            "42999999999999999999[\"e\"]",
            "42/signaling,1[\"e\"]",
            "43",
            "43[1]",
            "430[1]",
            "43999999999999999[1]",
            "45-[\"e\"]",
            "451-[\"e\",{\"_placeholder\":true,\"num\":0}]",
            "4511-[\"e\"]",
            "45999-[\"e\"]",
            "4510-[" + "{\"_placeholder\":true,\"num\":0},".repeat(1_000) + "0]",
            "41",
            "41[]",
            "41/nobody,");

    @Override
    public void wave(ServerUnderAttack server) throws Exception {
        try (HttpClient http = RawSocket.http()) {
            for (String packet : PACKETS) {
                try (RawSocket outside = RawSocket.open(http, server.port())) {
                    outside.send(packet);
                    outside.send(new byte[] {1, 2, 3});
                    outside.send(packet);
                }
                try (RawSocket inside = RawSocket.connected(http, server.port(), "/")) {
                    inside.send(packet);
                    inside.send(new byte[] {1, 2, 3});
                }
                poll(http, server.port(), packet);
            }
            handshakes(http, server.port());
        }
    }

    private static void poll(HttpClient http, int port, String packet) throws Exception {
        String url = "http://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=polling";
        String opened = get(http, url).body();
        String sid = opened.substring(opened.indexOf("\"sid\":\"") + 7, opened.indexOf("\","));
        for (String payload : List.of("40", packet + "\u001e" + packet, "b!!!!", "1")) {
            int status = post(http, url + "&sid=" + sid, payload);
            assertTrue(status == 200 || status == 400, payload + " -> " + status);
        }
    }

    private static void handshakes(HttpClient http, int port) throws Exception {
        String url = "http://127.0.0.1:" + port + "/socket.io/";
        for (String query : List.of(
                "",
                "?",
                "?EIO=3&transport=polling",
                "?EIO=4",
                "?EIO=4&transport=__proto__",
                "?EIO=4&transport=polling&sid=__proto__",
                "?EIO=4&transport=polling&sid=..%2F..%2Fx",
                "?EIO=4&transport=polling&sid=" + "s".repeat(3_000),
                "?EIO=4&transport=websocket",
                "?EIO=4&EIO=4&transport=polling&transport=websocket&sid=%00",
                "?EIO=%25&transport=%0d%0aX-Evil:1")) {
            HttpResponse<String> response = get(http, url + query);
            assertTrue(response.statusCode() < 500, query + " -> " + response.statusCode());
            assertTrue(response.headers().firstValue("x-evil").isEmpty());
            assertTrue(post(http, url + query, "4") < 500, query);
        }
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int post(HttpClient http, String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
