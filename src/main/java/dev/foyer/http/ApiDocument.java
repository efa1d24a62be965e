package dev.foyer.http;

import dev.foyer.auth.Grant;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI 3.1 document of {@code /api/v1}: what routes there are, what each takes, and who may call it. The routes are
 * made from it, and requests are checked by it.
 */
final class ApiDocument {
    private static final String RESOURCE = "/openapi.json";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final String text;
    private final JsonSchemas schemas;
    private final Map<?, ?> parameters;
    private final List<ApiOperation> operations;

    private ApiDocument(String text) {
        this.text = text;
        Map<String, Object> document = new JsonObject(text).getMap();
        Map<?, ?> components = map(document.get("components"));
        this.schemas = new JsonSchemas(map(components.get("schemas")));
        this.parameters = map(components.get("parameters"));
        this.operations = List.copyOf(operations(map(document.get("paths"))));
    }

    /** Reads the document that was built into this program. Blocks: for start-up only. */
    static ApiDocument built() {
        try (InputStream stream = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("this program has no " + RESOURCE);
            }
            return new ApiDocument(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the API's document cannot be read", e);
        }
    }

    /** The document itself. */
    String text() {
        return text;
    }

    List<ApiOperation> operations() {
        return operations;
    }

    JsonSchemas schemas() {
        return schemas;
    }

    private List<ApiOperation> operations(Map<?, ?> paths) {
        List<ApiOperation> found = new ArrayList<>();
        paths.forEach((path, item) -> map(item).forEach((method, operation) -> {
            if (METHODS.contains(String.valueOf(method))) {
                found.add(operation(String.valueOf(path), String.valueOf(method), map(item), map(operation)));
            }
        }));
        return found;
    }

    private ApiOperation operation(String path, String method, Map<?, ?> item, Map<?, ?> operation) {
        List<ApiOperation.Parameter> taken = new ArrayList<>(parameters(item));
        taken.addAll(parameters(operation));
        @Nullable Map<?, ?> body = null;
        boolean bodyRequired = false;
        if (operation.get("requestBody") instanceof Map<?, ?> request) {
            Map<?, ?> json = map(map(request.get("content")).get("application/json"));
            body = map(json.get("schema"));
            schemas.requireKnown(body);
            bodyRequired = Boolean.TRUE.equals(request.get("required"));
        }
        return new ApiOperation(
                String.valueOf(operation.get("operationId")),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path.replaceAll("\\{(\\w+)}", ":$1"),
                taken,
                body,
                bodyRequired,
                grants(operation.get("x-grants")),
                Boolean.TRUE.equals(operation.get("x-every-room")));
    }

    private List<ApiOperation.Parameter> parameters(Map<?, ?> owner) {
        List<ApiOperation.Parameter> read = new ArrayList<>();
        if (owner.get("parameters") instanceof List<?> listed) {
            for (Object entry : listed) {
                Map<?, ?> parameter = parameter(map(entry));
                Map<?, ?> schema = map(parameter.get("schema"));
                schemas.requireKnown(schema);
                read.add(new ApiOperation.Parameter(
                        String.valueOf(parameter.get("name")),
                        String.valueOf(parameter.get("in")),
                        Boolean.TRUE.equals(parameter.get("required")),
                        schemas.resolve(schema)));
            }
        }
        return read;
    }

    private Map<?, ?> parameter(Map<?, ?> entry) {
        return entry.get("$ref") instanceof String reference
                ? map(parameters.get(reference.substring(reference.lastIndexOf('/') + 1)))
                : entry;
    }

    private static Set<Grant> grants(@Nullable Object words) {
        Set<Grant> grants = EnumSet.noneOf(Grant.class);
        if (words instanceof List<?> list) {
            for (Object word : list) {
                grants.add(Grant.of(String.valueOf(word))
                        .orElseThrow(() -> new IllegalStateException("there is no grant " + word)));
            }
        }
        return grants;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalStateException("not an object in the API's document: " + value);
    }
}
