package dev.foyer.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin resource sharing with an allow-list (Fetch standard, "CORS protocol"): pages of other origins that are
 * not on it get 403, whatever the method.
 */
final class CrossOrigin implements Handler<RoutingContext> {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match";
    private static final String EXPOSED = "Accept-Patch, Allow, ETag, Link, Location, Retry-After";
    private static final String PREFLIGHT_SECONDS = "600";

    private final OriginPolicy policy;

    CrossOrigin(OriginPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || isSameOrigin(origin, request.authority())) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.headers().add(HttpHeaders.VARY, "Origin");
        if (!policy.test(origin)) {
            HttpError.FORBIDDEN.end(response, "Origin not allowed");
            return;
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        if (request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                    .setStatusCode(204)
                    .end();
        } else {
            context.next();
        }
    }

    /** Compares host and port alone: behind a proxy that ends TLS the scheme is not the page's. */
    private static boolean isSameOrigin(String origin, @Nullable HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null
                    && uri.getHost().equalsIgnoreCase(authority.host())
                    && port(uri.getPort(), uri.getScheme()) == port(authority.port(), uri.getScheme());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static int port(int port, @Nullable String scheme) {
        return port > 0 ? port : "https".equals(scheme) ? 443 : 80;
    }
}
