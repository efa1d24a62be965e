package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HTTP/2 is what a browser polls by over TLS, and what a client may upgrade to without it. */
@Tag("integration")
class PollingOverHttp2Test {
    @Test
    void takesPacketsAndThrowsNothing() throws Exception {
        try (TestServer server = new TestServer(SocketIoOptions.defaults());
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            String url = server.url() + "/socket.io/?EIO=4&transport=polling";
            HttpResponse<String> opened =
                    http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, opened.version());
            String sid = opened.body()
                    .substring(
                            opened.body().indexOf("\"sid\":\"") + 7,
                            opened.body().indexOf("\","));
            for (String packet : List.of("40", "42[\"e\",1]", "1")) {
                HttpRequest post = HttpRequest.newBuilder(URI.create(url + "&sid=" + sid))
                        .POST(HttpRequest.BodyPublishers.ofString(packet))
                        .build();
                HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
                assertEquals("200 ok", answer.statusCode() + " " + answer.body());
            }
            assertEquals(List.of(), server.failures);
        }
    }
}
