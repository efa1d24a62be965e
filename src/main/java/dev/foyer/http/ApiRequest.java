package dev.foyer.http;

import dev.foyer.auth.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that is as the document says.
 *
 * @param identity whom it speaks for
 * @param parameters of path, query and header, by type; those that may be absent and are, are not there
 * @param body its fields; empty when it has none
 */
record ApiRequest(Identity identity, Map<String, Object> parameters, Map<String, @Nullable Object> body) {
    private static final int MAX_DEPTH = 32;

    /**
     * Checks a request whose body was read.
     *
     * @throws InvalidRequest with all that is wrong
     */
    static ApiRequest read(RoutingContext context, ApiOperation operation, JsonSchemas schemas) {
        List<Problem.Fault> faults = new ArrayList<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        Set<String> query = new HashSet<>();
        for (ApiOperation.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("query")) {
                query.add(parameter.name());
            }
            read(context, parameter, schemas, parameters, faults);
        }
        for (String name : context.queryParams().names()) {
            if (!query.contains(name)) {
                faults.add(new Problem.Fault("query", name, "is not known"));
            }
        }
        Map<String, @Nullable Object> body = Map.of();
        Buffer bytes = context.body() == null ? null : context.body().buffer();
        if (operation.body() != null) {
            if (bytes != null && bytes.length() > 0) {
                body = object(bytes);
                for (JsonSchemas.Violation violation : schemas.check(operation.body(), body)) {
                    faults.add(new Problem.Fault("body", violation.at(), violation.detail()));
                }
            } else if (operation.bodyRequired()) {
                faults.add(new Problem.Fault("body", "", "is missing"));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        return new ApiRequest(Admission.identity(context), parameters, body);
    }

    /** A parameter that is always there. */
    String text(String parameter) {
        return String.valueOf(Objects.requireNonNull(parameters.get(parameter)));
    }

    @Nullable
    String optionalText(String parameter) {
        Object value = parameters.get(parameter);
        return value == null ? null : value.toString();
    }

    /** A parameter that has a default. */
    int integer(String parameter) {
        return ((Number) Objects.requireNonNull(parameters.get(parameter))).intValue();
    }

    /** A field of the body; null when it is absent, or null. */
    <T> @Nullable T field(String name, Class<T> type) {
        return type.cast(body.get(name));
    }

    private static void read(
            RoutingContext context,
            ApiOperation.Parameter parameter,
            JsonSchemas schemas,
            Map<String, Object> parameters,
            List<Problem.Fault> faults) {
        List<String> values = switch (parameter.in()) {
            case "path" -> List.of(Objects.requireNonNull(context.pathParam(parameter.name())));
            case "query" -> all(context.queryParams(), parameter.name());
            default -> all(context.request().headers(), parameter.name());
        };
        if (values.isEmpty()) {
            Object otherwise = parameter.schema().get("default");
            if (otherwise != null) {
                parameters.put(parameter.name(), otherwise);
            } else if (parameter.required()) {
                faults.add(new Problem.Fault(parameter.in(), parameter.name(), "is missing"));
            }
            return;
        }
        // A header may be said in several lines (RFC 9110, section 5.3).
        Object value = typed(parameter.schema(), String.join(", ", values));
        if (values.size() > 1 && !parameter.in().equals("header")) {
            faults.add(new Problem.Fault(parameter.in(), parameter.name(), "is there more than once"));
        }
        schemas.check(parameter.schema(), value)
                .forEach(violation ->
                        faults.add(new Problem.Fault(parameter.in(), parameter.name(), violation.detail())));
        parameters.put(parameter.name(), value);
    }

    private static List<String> all(MultiMap values, String name) {
        return values.getAll(name);
    }

    /** What a text means where the schema asks for something else; the text itself when it means nothing there. */
    private static Object typed(Map<?, ?> schema, String text) {
        return switch (String.valueOf(schema.get("type"))) {
            case "integer" -> text.matches("-?[0-9]{1,15}") ? (Object) Long.valueOf(text) : text;
            case "boolean" -> text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
            default -> text;
        };
    }

    private static Map<String, @Nullable Object> object(Buffer bytes) {
        try {
            Map<String, @Nullable Object> body = new LinkedHashMap<>(new JsonObject(bytes).getMap());
            if (!isDeeperThan(MAX_DEPTH, body)) {
                return body;
            }
        } catch (DecodeException | ClassCastException _) {
            // Said below.
        }
        throw new InvalidRequest("body", "", "must be a JSON object of at most " + MAX_DEPTH + " levels");
    }

    private static boolean isDeeperThan(int levels, @Nullable Object value) {
        Collection<?> parts = switch (value) {
            case Map<?, ?> object -> object.values();
            case List<?> list -> list;
            case null, default -> List.of();
        };
        boolean nested = value instanceof Map || value instanceof List;
        return (nested && levels == 0) || parts.stream().anyMatch(part -> isDeeperThan(levels - 1, part));
    }

    /** Whether a body is declared to be JSON. */
    static boolean isJson(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        int end = type == null ? -1 : type.indexOf(';');
        String mediaType = type == null ? "" : type.substring(0, end < 0 ? type.length() : end);
        return mediaType.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
