package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with certificate files that change under it. */
@Tag("integration")
class HttpsTest {
    @TempDir
    private Path directory;

    private TestCertificate first;
    private TestCertificate second;
    private SSLContext trust;
    private StartedFoyer server;

    @BeforeEach
    void start() throws Exception {
        first = TestCertificate.create();
        second = TestCertificate.create("RSA", 2048, "SHA256withRSA");
        trust = TestCertificate.trusting(first, second);
        first.write(directory);
        server = new StartedFoyer(Map.of(
                "TLS_CERT", directory.resolve("cert.pem").toString(),
                "TLS_KEY", directory.resolve("key.pem").toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesHttpsAndNothingElse() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            if (version.name().equals("HTTP_1_1") || version.name().equals("HTTP_2")) {
                try (HttpClient client = HttpClient.newBuilder()
                        .sslContext(trust)
                        .version(version)
                        .build()) {
                    assertEquals(200, status(client, "/health"), version::name);
                    assertEquals(200, status(client, "/socket.io/?EIO=4&transport=polling"), version::name);
                }
            }
        }
        try (java.net.Socket plain = new java.net.Socket("localhost", port())) {
            plain.setSoTimeout(30_000);
            plain.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(plain.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
            assertFalse(answer.startsWith("HTTP"), answer);
        }
    }

    @Test
    void takesOverAnotherCertificateWithoutDroppingConnections() throws Exception {
        BlockingQueue<String> packets = new LinkedBlockingQueue<>();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build();
                SSLSocket open = connect()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("wss://localhost:" + port() + "/socket.io/?EIO=4&transport=websocket"),
                            new Packets(packets))
                    .get(30, TimeUnit.SECONDS);
            assertTrue(packets.poll(30, TimeUnit.SECONDS).startsWith("0{"));
            assertEquals(first.certificate(), served(open));
            assertEquals(200, health(open));

            second.write(directory);
            server.foyer()
                    .https()
                    .look()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            try (SSLSocket another = connect()) {
                assertEquals(second.certificate(), served(another));
                assertEquals(200, health(another));
            }
            assertEquals(200, health(open));
            socket.sendText("40", true).get(30, TimeUnit.SECONDS);
            assertTrue(packets.poll(30, TimeUnit.SECONDS).startsWith("40{"));
            socket.abort();
        }
    }

    @Test
    void keepsItsCertificateWhileTheFilesAreNoGood() throws Exception {
        Files.writeString(directory.resolve("key.pem"), "broken");
        assertFalse(server.foyer()
                .https()
                .look()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS));

        try (SSLSocket socket = connect()) {
            assertEquals(first.certificate(), served(socket));
            assertEquals(200, health(socket));
        }
    }

    private int port() {
        return server.foyer().ports().getFirst();
    }

    private int status(HttpClient client, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private SSLSocket connect() throws Exception {
        // A context of its own: a resumed session would show the certificate of before.
        SSLSocket socket = (SSLSocket)
                TestCertificate.trusting(first, second).getSocketFactory().createSocket("localhost", port());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static Certificate served(SSLSocket socket) throws Exception {
        return socket.getSession().getPeerCertificates()[0];
    }

    /** Asks on a connection that stays open, and reads the whole answer. */
    private static int health(SSLSocket socket) throws Exception {
        socket.getOutputStream()
                .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
        int at = lower.indexOf("content-length:") + "content-length:".length();
        int length =
                Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip());
        assertEquals(length, socket.getInputStream().readNBytes(length).length);
        return Integer.parseInt(head.substring(9, 12));
    }

    private record Packets(BlockingQueue<String> packets) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            packets.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
