package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys behind a URL, on a server in the test's own process. */
class JwksSourceTest {
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesASet() throws Exception {
        answer("/keys", 200, TestIssuer.keySet(TestIssuer.of("ES256", "k1")));

        List<VerificationKey> keys =
                source("/keys").fetch().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertEquals("k1", keys.getFirst().id());
    }

    @Test
    void saysWhyItHasNone() {
        answer("/gone", 404, "");
        answer("/page", 200, "<html>");
        answer("/large", 200, " ".repeat(300_000));
        answer("/keys", 200, TestIssuer.keySet(TestIssuer.of("ES256", "k1")));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/keys");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertEquals("answers with status 404", failure(source("/gone")));
        assertEquals("is not JSON", failure(source("/page")));
        assertEquals("answers with status 302", failure(source("/moved")));
        assertEquals("cannot be fetched (IOException)", failure(source("/large")));
        server.stop(0);
        assertEquals("cannot be fetched (ConnectException)", failure(source("/keys")));
    }

    private static String failure(JwksSource source) {
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> source.fetch().toCompletableFuture().get(20, TimeUnit.SECONDS));
        return assertInstanceOf(KeySetException.class, failure.getCause()).getMessage();
    }

    private JwksSource source(String path) {
        return new JwksSource(
                URI.create("http://localhost:" + server.getAddress().getPort() + path));
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
