package dev.foyer.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pages of clients in the field, from another origin than the server's as those are: the resources of a
 * folder, and {@code /clients.js}, the libraries that {@code npm run bundle} puts together.
 */
final class PageServer implements AutoCloseable {
    private static final Path CLIENTS = Path.of("src/test/js/dist/clients.js");

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Serves on a free loopback port.
     *
     * @param folder of the class path, with a slash at its start and none at its end
     */
    PageServer(String folder) throws IOException {
        if (!Files.exists(CLIENTS)) {
            throw new IllegalStateException("run npm ci and npm run bundle in src/test/js first");
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = path.equals("/clients.js") ? Files.readAllBytes(CLIENTS) : resource(folder + path);
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", type(path));
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    private static byte @Nullable [] resource(String name) throws IOException {
        try (InputStream in = name.contains("..") ? null : PageServer.class.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static String type(String path) {
        return (path.endsWith(".html") ? "text/html" : "text/javascript") + "; charset=utf-8";
    }

    /** Base address, without a trailing slash. */
    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
