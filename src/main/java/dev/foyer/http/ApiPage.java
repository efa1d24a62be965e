package dev.foyer.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;

/** The page to try the API: three files of its own, which talk to this server alone. */
final class ApiPage {
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private ApiPage() {}

    /** Adds the routes. Reads the files: for start-up only. */
    static void mount(Router router) {
        serve(router, "/api/", "index.html", "text/html; charset=utf-8");
        serve(router, "/api/page.js", "page.js", "text/javascript; charset=utf-8");
        serve(router, "/api/page.css", "page.css", "text/css; charset=utf-8");
    }

    private static void serve(Router router, String path, String name, String type) {
        Buffer content = Buffer.buffer(read("/api/" + name));
        // A route without methods of its own is not one of the API's: it is a page.
        router.route(path).handler(context -> {
            HttpMethod method = context.request().method();
            if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
                context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
                HttpError.METHOD_NOT_ALLOWED.end(context.response());
                return;
            }
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                    .putHeader("Referrer-Policy", "no-referrer");
            if (method.equals(HttpMethod.HEAD)) {
                context.response()
                        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()))
                        .end();
            } else {
                context.response().end(content);
            }
        });
    }

    private static byte[] read(String resource) {
        try (InputStream stream = ApiPage.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("this program has no " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the API's page cannot be read", e);
        }
    }
}
