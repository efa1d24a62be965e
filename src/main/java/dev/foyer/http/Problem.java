package dev.foyer.http;

import dev.foyer.room.RoomException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A refusal as RFC 9457 writes it, with the server's own code for it. */
final class Problem {
    static final String TYPE = "application/problem+json";
    private static final String NAMES = "urn:foyer:problem:";
    private static final Logger log = LoggerFactory.getLogger(Problem.class);

    private Problem() {}

    /** Something in a request that is not as the document says. */
    record Fault(String in, String at, String detail) {}

    /** Ends a response with a problem, unless its head is already out. */
    static void end(HttpServerResponse response, HttpError error, @Nullable String detail, List<Fault> faults) {
        if (response.ended() || response.headWritten()) {
            response.reset();
            return;
        }
        JsonObject problem = new JsonObject()
                .put("type", NAMES + error.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("title", error.text())
                .put("status", error.status())
                .put("code", error.name());
        if (detail != null && !detail.equals(error.text())) {
            problem.put("detail", detail);
        }
        if (!faults.isEmpty()) {
            JsonArray errors = new JsonArray();
            faults.forEach(fault -> errors.add(
                    new JsonObject().put("in", fault.in()).put("at", fault.at()).put("detail", fault.detail())));
            problem.put("errors", errors);
        }
        response.setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (error.status() == HttpError.UNAUTHORIZED.status()) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(problem.encode());
    }

    static void end(HttpServerResponse response, HttpError error) {
        end(response, error, null, List.of());
    }

    /** Ends a response with what was refused; what is no refusal is a bug and is logged. */
    static void end(HttpServerResponse response, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        switch (cause) {
            case InvalidRequest invalid ->
                end(response, HttpError.INVALID_MESSAGE, invalid.getMessage(), invalid.faults());
            case RoomException _, RequestRefusal _ -> end(response, HttpError.of(cause), cause.getMessage(), List.of());
            default -> {
                log.error("a request of the API failed", cause);
                end(response, HttpError.INTERNAL);
            }
        }
    }
}
