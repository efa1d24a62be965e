package dev.foyer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Serves the web client: the page at {@code /} and {@code /r/:roomId}, its files at their paths. */
final class WebClientRoutes {
    /**
     * The page runs its own scripts and styles and nothing else, talks to this server alone, and cannot be framed.
     * {@code blob:} is for media that the page makes itself.
     */
    static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final String NOT_BUILT = "The web client was not built into this server: run ./foyer build";

    private final WebClientFiles files;

    private WebClientRoutes(WebClientFiles files) {
        this.files = files;
    }

    static void mount(Router router, WebClientFiles files) {
        WebClientRoutes routes = new WebClientRoutes(files);
        readable(router, "/").handler(routes::page);
        readable(router, "/r/:roomId").handler(routes::page);
        readable(router, "/*").handler(routes::file);
    }

    private static Route readable(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void page(RoutingContext context) {
        WebFile index = files.index();
        if (index == null) {
            HttpError.NOT_FOUND.end(context.response(), NOT_BUILT);
        } else {
            send(context, index);
        }
    }

    private void file(RoutingContext context) {
        WebFile file = files.file(context.normalizedPath());
        if (file == null) {
            context.next();
        } else {
            send(context, file);
        }
    }

    private static void send(RoutingContext context, WebFile file) {
        MultiMap headers = context.request().headers();
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(
                        HttpHeaders.CACHE_CONTROL,
                        file.immutable() ? "public, max-age=31536000, immutable" : "no-cache")
                .putHeader(HttpHeaders.ETAG, file.etag())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                // A room's name is in the page's address: it is nobody else's business.
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self)");
        response.headers().add(HttpHeaders.VARY, "Accept-Encoding");
        if (names(headers.get(HttpHeaders.IF_NONE_MATCH), file.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        Buffer body = file.plain();
        if (file.gzip() != null && acceptsGzip(headers.get(HttpHeaders.ACCEPT_ENCODING))) {
            body = file.gzip();
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    /** RFC 9110, section 13.1.2, with weak comparison: a proxy that compresses makes a strong tag weak. */
    private static boolean names(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String tag : ifNoneMatch.split(",", -1)) {
            String candidate = tag.strip();
            if (candidate.equals(etag) || candidate.equals("W/" + etag) || candidate.equals("*")) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String coding : acceptEncoding.split(",", -1)) {
            String candidate = coding.strip();
            if (candidate.equals("gzip")
                    || (candidate.startsWith("gzip;") && !candidate.matches(".*q=0(\\.0*)?\\s*"))) {
                return true;
            }
        }
        return false;
    }
}
