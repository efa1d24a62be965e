package dev.foyer.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests by Vert.x. Redirects are answers like any other: an endpoint cannot send the server elsewhere. Bodies of answers
 * are not looked at.
 */
final class VertxPost implements Post {
    private static final int LONGEST_NUMBER = 9;
    private static final int MAX_UNREAD_BYTES = 64 << 10;

    private final HttpClientAgent client;
    private final Duration timeout;

    VertxPost(Vertx vertx, Duration timeout) {
        this.timeout = timeout;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxRedirects(0)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setDecompressionSupported(false));
    }

    @Override
    public CompletionStage<Answer> send(URI url, Map<String, String> headers, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis());
        headers.forEach(options::putHeader);
        return client.request(options)
                .compose(request -> request.send(body)
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(response -> answer(request, response))
                        .onFailure(_ -> request.reset()))
                .toCompletionStage();
    }

    void close() {
        client.close();
    }

    private Future<Answer> answer(HttpClientRequest request, HttpClientResponse response) {
        Answer answer = new Answer(response.statusCode(), number(response.getHeader(HttpHeaders.RETRY_AFTER)));
        // What follows is nobody's concern; a connection is worth less than the risk of a body without an end.
        response.exceptionHandler(_ -> {});
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || length.length() > LONGEST_NUMBER || number(length) > MAX_UNREAD_BYTES) {
            request.reset();
        }
        return Future.succeededFuture(answer);
    }

    /** Of a header that is a small number; 0 for anything else. */
    private static long number(@Nullable String header) {
        return header != null
                        && header.length() <= LONGEST_NUMBER
                        && !header.isEmpty()
                        && header.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(header)
                : 0;
    }
}
