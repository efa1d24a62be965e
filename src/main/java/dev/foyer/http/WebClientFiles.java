package dev.foyer.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The web client's files, all in memory: there are few, they never change while the server runs, and a request can
 * reach nothing else.
 */
public final class WebClientFiles {
    private static final String FOLDER = "web";
    private static final String INDEX = "/index.html";
    /** Below this size a compressed copy saves no packet. */
    private static final int LEAST_COMPRESSED_BYTES = 1_200;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("map", "application/json; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml; charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"));
    private static final List<String> COMPRESSIBLE =
            List.of("text/", "application/json", "application/manifest", "image/svg");

    private final Map<String, WebFile> files;

    private WebClientFiles(Map<String, WebFile> files) {
        this.files = Map.copyOf(files);
    }

    /** The client that was built into this program; empty when it was built without one. Blocks: for start-up only. */
    public static WebClientFiles built() {
        URL index = WebClientFiles.class.getClassLoader().getResource(FOLDER + INDEX);
        if (index == null) {
            return new WebClientFiles(Map.of());
        }
        try {
            URI uri = index.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    return in(jar.getPath("/" + FOLDER));
                }
            }
            return in(Path.of(uri).resolveSibling(""));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the web client in this program cannot be read", e);
        }
    }

    /** All files under a folder. Blocks. */
    static WebClientFiles in(Path folder) throws IOException {
        Map<String, WebFile> files = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = "/" + folder.relativize(path).toString().replace('\\', '/');
                files.put(name, file(name, Files.readAllBytes(path)));
            }
        }
        return new WebClientFiles(files);
    }

    /** The file behind a request's path, null when there is none. */
    @Nullable
    WebFile file(String path) {
        return files.get(path);
    }

    /** The page itself. */
    @Nullable
    WebFile index() {
        return files.get(INDEX);
    }

    private static WebFile file(String name, byte[] content) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.getOrDefault(extension, "application/octet-stream");
        boolean compress = content.length >= LEAST_COMPRESSED_BYTES
                && COMPRESSIBLE.stream().anyMatch(type::startsWith);
        return new WebFile(
                type,
                // The bundler puts a hash of the content into the names of what it places there.
                name.startsWith("/assets/"),
                "\"" + HexFormat.of().formatHex(sha256(content), 0, 12) + "\"",
                Buffer.buffer(content),
                compress ? Buffer.buffer(gzip(content)) : null);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
