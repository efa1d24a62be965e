package dev.foyer.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The failures that HTTP can answer with, each as {@code {success:false, error, code}}. */
enum HttpError {
    INVALID_MESSAGE(400, "Invalid message"),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    INTERNAL(500, "Internal error");

    private final int status;
    private final String text;

    HttpError(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The error that fits a status that the router came to. */
    static HttpError of(int status) {
        for (HttpError error : values()) {
            if (error.status == status) {
                return error;
            }
        }
        return status >= 400 && status < 500 ? INVALID_MESSAGE : INTERNAL;
    }

    /** Ends a response with this error, unless its head is already out. */
    void end(HttpServerResponse response) {
        end(response, text);
    }

    /** As {@link #end(HttpServerResponse)}, with a text of its own. */
    void end(HttpServerResponse response, String error) {
        if (response.ended() || response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (this == UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(new JsonObject()
                .put("success", false)
                .put("error", error)
                .put("code", name())
                .encode());
    }
}
