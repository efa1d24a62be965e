package dev.foyer.auth;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JWK Set behind a URI or in a file. Each fetch runs on a virtual thread of its own: reading, connecting and looking up
 * names block. Redirects are not followed, so that the keys are those of the host that was configured.
 */
final class JwksSource implements KeySource {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI uri;

    /** A source of an {@code https:}, {@code http:} or {@code file:} URI. */
    JwksSource(URI uri) {
        this.uri = uri;
    }

    @Override
    public CompletionStage<List<VerificationKey>> fetch() {
        CompletableFuture<List<VerificationKey>> fetched = new CompletableFuture<>();
        Thread.ofVirtual().name("jwks").start(() -> {
            try {
                fetched.complete(JsonWebKeys.parse(isFile() ? file() : download()));
            } catch (KeySetException | RuntimeException e) {
                fetched.completeExceptionally(e);
            }
        });
        return fetched;
    }

    private boolean isFile() {
        return "file".equals(uri.getScheme());
    }

    private String file() throws KeySetException {
        try (InputStream in = Files.newInputStream(Path.of(uri))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new KeySetException("is larger than 256 KB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException _) {
            throw new KeySetException("cannot be read");
        }
    }

    private String download() throws KeySetException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Accept", "application/jwk-set+json, application/json")
                    .build();
            HttpResponse<byte[]> response = client.sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES))
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new KeySetException("answers with status " + response.statusCode());
            }
            return new String(response.body(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            // The cause's text may hold an address.
            throw new KeySetException("cannot be fetched ("
                    + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName() + ")");
        } catch (TimeoutException _) {
            throw new KeySetException("does not answer within " + TIMEOUT.toSeconds() + " seconds");
        } catch (InterruptedException _) {
            throw new KeySetException("was not waited for");
        } finally {
            client.shutdownNow();
        }
    }
}
