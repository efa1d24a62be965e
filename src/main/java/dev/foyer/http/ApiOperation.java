package dev.foyer.http;

import dev.foyer.auth.Grant;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API, as its document describes it.
 *
 * @param id the document's {@code operationId}
 * @param path as Vert.x writes it, {@code /api/v1/rooms/:roomId}
 * @param parameters of path, query and header
 * @param body schema of the request's body; null when it takes none
 * @param bodyRequired whether a body has to be there
 * @param grants of which the caller needs one; empty when every caller may
 * @param everyRoom whether a token for one room is not enough
 */
record ApiOperation(
        String id,
        HttpMethod method,
        String path,
        List<Parameter> parameters,
        @Nullable Map<?, ?> body,
        boolean bodyRequired,
        Set<Grant> grants,
        boolean everyRoom) {
    ApiOperation {
        parameters = List.copyOf(parameters);
        grants = Set.copyOf(grants);
    }

    /**
     * A parameter.
     *
     * @param in {@code path}, {@code query} or {@code header}
     * @param schema what its value is; a text, a whole number or a boolean
     */
    record Parameter(String name, String in, boolean required, Map<?, ?> schema) {}
}
