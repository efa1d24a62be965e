package dev.foyer.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foyer.protocol.sdp.ClientSdp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths, headers and bodies as no client sends them: files, the room API, WHIP and WHEP. */
final class HttpRequests implements Attack {
    private static final List<String> UP = List.of(
            "/../../../../etc/passwd",
            "/..%2f..%2f..%2f..%2fetc%2fpasswd",
            "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/%252e%252e%252f%252e%252e%252fetc%252fpasswd",
            "/..%5c..%5c..%5cetc%5cpasswd",
            "/..\\..\\..\\etc\\passwd",
            "/.%2e/.%2e/etc/passwd",
            "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
            "/....//....//etc/passwd",
            "//etc/passwd",
            "/etc/passwd%00.html",
            "/file:///etc/passwd");
    private static final List<String> BELOW =
            List.of("", "/r", "/assets", "/api/mediasoup/recordings", "/api/mediasoup/rooms", "/whip", "/whep");
    private static final List<String> ODD_TARGETS = List.of(
            "*",
            "/%",
            "/%2",
            "/%zz",
            "/%00",
            "/r/%0d%0aSet-Cookie:%20evil=1",
            "/r/%E5%98%8D%E5%98%8ASet-Cookie:evil",
            "/" + "a".repeat(3_500),
            "/" + "%2f".repeat(1_000),
            "/r/__proto__",
            "/api/mediasoup/rooms/__proto__",
            "/api/mediasoup/rooms/constructor/participants",
            "/api/mediasoup/rooms/%0d%0aX-Evil:%201",
            "/?" + "a=1&".repeat(800),
            "http://evil.example/health",
            "/health;jsessionid=1?x=../../y#z");
    private static final List<String> ODD_HEADERS = List.of(
            "Range: bytes=-1--1\r\n",
            "Range: bytes=0-,".repeat(200) + "\r\n",
            "Accept-Encoding: " + "gzip;q=0.0000,".repeat(200) + "\r\n",
            "If-None-Match: " + "\"a\",".repeat(1_000) + "\r\n",
            "If-None-Match: W/" + "\"".repeat(2_000) + "\r\n",
            "Authorization: Bearer " + "a.".repeat(1_500) + "\r\n",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiaG9zdCJ9.\r\n",
            "Origin: http://evil.example\r\n",
            "X: " + "y".repeat(20_000) + "\r\n",
            "X: 1\r\n".repeat(500),
            "Content-Length: -1\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "X: a\r\n folded: 1\r\n",
            "no colon\r\n",
            "X\u0000Y: 1\r\n");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location: (/whip/\\S+)");

    private final List<String> broken = new ArrayList<>();

    @Override
    public void wave(ServerUnderAttack server) throws Exception {
        broken.clear();
        int port = server.port();
        for (String below : BELOW) {
            for (String up : UP) {
                check(port, RawHttp.request("GET", below + up, "", ""));
            }
        }
        for (String target : ODD_TARGETS) {
            for (String method : List.of("GET", "POST", "DELETE", "OPTIONS", "BREW")) {
                check(port, RawHttp.request(method, target, "", ""));
            }
        }
        for (String header : ODD_HEADERS) {
            check(port, RawHttp.request("GET", "/", header, ""));
            check(
                    port,
                    RawHttp.request("POST", "/api/mediasoup/rooms", "Content-Type: application/json\r\n" + header, ""));
        }
        String chunks = "4\r\n{\"a\"\r\n0\r\n\r\n";
        for (String coding : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n")) {
            check(port, RawHttp.request("POST", "/api/mediasoup/rooms", coding, "") + chunks);
        }
        check(port, "GET / HTTP/9.9\r\n\r\n");
        check(port, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000");
        rooms(port);
        whip(port);
        assertEquals(List.of(), broken);
    }

    private void rooms(int port) throws Exception {
        String rooms = "/api/mediasoup/rooms";
        String json = "Content-Type: application/json\r\n";
        for (String value : HostileValues.all(List.of())) {
            check(port, RawHttp.request("POST", rooms, json, value));
            check(port, RawHttp.request("POST", rooms, json, "{\"roomId\":" + value + "}"));
            check(
                    port,
                    RawHttp.request("POST", rooms, json, "{\"roomId\":\"attacked-api\",\"options\":" + value + "}"));
            check(port, RawHttp.request("POST", rooms + "/attacked-api/participants", json, "{\"id\":" + value + "}"));
        }
        check(port, RawHttp.request("POST", rooms, json, "{"));
        check(port, RawHttp.request("POST", rooms, json, "\u00ff\u00fe{}"));
        check(port, RawHttp.request("POST", rooms, "Content-Type: text/plain\r\n", "{\"roomId\":\"x\"}"));
        check(port, RawHttp.request("POST", rooms, json, "[".repeat(60_000)));
        check(port, RawHttp.request("POST", rooms, json + "Content-Encoding: gzip\r\n", "\u001f\u008b\u0008"));
        check(port, RawHttp.request("DELETE", rooms + "/attacked-api", "", ""));
    }

    private void whip(int port) throws Exception {
        String sdp = "Content-Type: application/sdp\r\n";
        String offer = ClientSdp.read("obs-30-whip");
        for (String room : List.of(
                "attacked%0d%0aX-Evil:%201",
                "%22%3E%3Cscript%3E", "..%2f..%2fx", "%252e%252e", "__proto__", "%00", "a".repeat(300))) {
            String response = check(port, RawHttp.request("POST", "/whip/" + room, sdp, offer));
            Matcher location = LOCATION.matcher(response);
            if (location.find()) {
                String session = location.group(1);
                check(
                        port,
                        RawHttp.request(
                                "PATCH",
                                session,
                                "Content-Type: application/trickle-ice-sdpfrag\r\nIf-Match: \"x\"\r\n",
                                "a=ice-ufrag:a"));
                check(port, RawHttp.request("PATCH", session, "Content-Type: application/trickle-ice-sdpfrag\r\n", ""));
                check(port, RawHttp.request("DELETE", session, "", ""));
            }
        }
        check(port, RawHttp.request("POST", "/whip/attacked", "Content-Type: text/html\r\n", offer));
        check(port, RawHttp.request("POST", "/whip/attacked", sdp, "v=0\r\n".repeat(2_000)));
        check(port, RawHttp.request("POST", "/whep/attacked/..%2fx", sdp, "x".repeat(300_000)));
    }

    /** Sends a request and notes what no answer may have. */
    private String check(int port, String request) throws Exception {
        String response = RawHttp.exchange(port, request);
        String text = response.toLowerCase(Locale.ROOT);
        boolean tells = text.contains("root:x:") || text.contains("exception") || text.contains("at dev.foyer");
        boolean injected = text.contains("\r\nx-evil") || text.contains("\r\nset-cookie: evil");
        if (RawHttp.status(response) >= 500 || tells || injected) {
            broken.add(request.substring(0, Math.min(160, request.length())) + " -> "
                    + response.substring(0, Math.min(300, response.length())));
        }
        assertFalse(response.contains("Access-Control-Allow-Origin: http://evil.example"));
        return response;
    }
}
