package dev.foyer.http;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers when it succeeds.
 *
 * @param status HTTP's
 * @param body null for none
 * @param headers besides those that every answer has
 */
record ApiAnswer(int status, @Nullable JsonObject body, Map<String, String> headers) {
    ApiAnswer {
        headers = Map.copyOf(headers);
    }

    static ApiAnswer ok(JsonObject body) {
        return new ApiAnswer(200, body, Map.of());
    }

    static ApiAnswer noContent() {
        return new ApiAnswer(204, null, Map.of());
    }
}
