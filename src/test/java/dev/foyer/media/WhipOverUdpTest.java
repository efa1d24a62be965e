package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.app.StartedFoyer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** WHIP and WHEP with a real libwebrtc at both ends and a whole server between them. */
@Tag("integration")
class WhipOverUdpTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<NativePeer> peers = new ArrayList<>();
    private StartedFoyer server;

    @BeforeEach
    void start() throws Exception {
        server = new StartedFoyer(Map.of());
    }

    @AfterEach
    void stop() {
        peers.forEach(NativePeer::close);
        http.close();
        server.close();
    }

    @Test
    void passesMediaFromAPublisherToAViewer() throws Exception {
        open("/whip/room", peer().publishing());
        NativePeer viewer = peer().watching();

        open("/whep/room", viewer);

        viewer.awaitPictures(10);
        viewer.awaitSounds(10);
    }

    @Test
    void showsAViewerWhoeverComesLater() throws Exception {
        NativePeer first = peer().publishing();
        String session = open("/whip/room", first);
        NativePeer viewer = peer().watching();
        open("/whep/room", viewer);
        viewer.awaitPictures(5);

        assertEquals(200, send("DELETE", session, null, "").statusCode());
        open("/whip/room", peer().publishing());

        viewer.awaitPictures(10);
        viewer.awaitSounds(10);
    }

    @Test
    void survivesAnIceRestart() throws Exception {
        NativePeer publisher = peer().publishing();
        HttpResponse<String> opened = post("/whip/room", publisher.offer());
        publisher.accept(opened.body());
        NativePeer viewer = peer().watching();
        open("/whep/room", viewer);
        viewer.awaitPictures(5);

        publisher.connection().restartIce();
        String offer = publisher.offer();
        String location = opened.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> restarted = send(
                "PATCH",
                location,
                "application/trickle-ice-sdpfrag",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n" + line(offer, "a=ice-ufrag:")
                        + line(offer, "a=ice-pwd:"),
                "If-Match",
                "*");
        assertEquals(200, restarted.statusCode(), restarted.body());
        publisher.accept(opened.body()
                .replace(line(opened.body(), "a=ice-ufrag:"), line(restarted.body(), "a=ice-ufrag:"))
                .replace(line(opened.body(), "a=ice-pwd:"), line(restarted.body(), "a=ice-pwd:")));

        viewer.awaitPictures(20);
    }

    private static String line(String sdp, String start) {
        return sdp.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow() + "\r\n";
    }

    private NativePeer peer() {
        NativePeer peer = new NativePeer();
        peers.add(peer);
        return peer;
    }

    /** Opens a session and returns its path. */
    private String open(String path, NativePeer peer) throws Exception {
        HttpResponse<String> response = post(path, peer.offer());
        peer.accept(response.body());
        return response.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> post(String path, String offer) throws Exception {
        HttpResponse<String> response = send("POST", path, "application/sdp", offer);
        assertEquals(201, response.statusCode(), response.body());
        return response;
    }

    private HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url() + path)).method(method, BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
