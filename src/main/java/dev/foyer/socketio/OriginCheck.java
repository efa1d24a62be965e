package dev.foyer.socketio;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Keeps pages of foreign origins out and gives the allowed ones their CORS headers. WebSocket handshakes are not subject
 * to CORS in browsers, so the check is the server's for those too.
 */
final class OriginCheck {
    private static final String PREFLIGHT_SECONDS = "600";

    private final Predicate<String> allowedOrigins;

    OriginCheck(Predicate<String> allowedOrigins) {
        this.allowedOrigins = allowedOrigins;
    }

    /** Whether the request may go on. Sets CORS headers of its response if it comes from an allowed foreign origin. */
    boolean admit(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.VARY, "Origin");
        if (!sameOrigin(origin, request)) {
            if (!allowedOrigins.test(origin)) {
                return false;
            }
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        return true;
    }

    /** Answers the preflight request of an admitted origin. */
    void preflight(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        response.putHeader(
                        HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, HttpMethod.GET.name() + "," + HttpMethod.POST.name())
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                .setStatusCode(204)
                .end();
    }

    private static boolean sameOrigin(String origin, HttpServerRequest request) {
        HostAndPort host = request.authority();
        if (host == null) {
            return false;
        }
        try {
            URI uri = new URI(origin);
            if (uri.getHost() == null || uri.getScheme() == null) {
                return false;
            }
            int defaultPort = uri.getScheme().equals("https") ? 443 : 80;
            int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
            int hostPort = host.port() < 0 ? defaultPort : host.port();
            return port == hostPort
                    && uri.getHost().toLowerCase(Locale.ROOT).equals(host.host().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
