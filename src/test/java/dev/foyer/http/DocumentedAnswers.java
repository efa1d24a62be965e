package dev.foyer.http;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The API's document against what the server really answers, by a JSON Schema validator that is not ours. Objects of the
 * document are taken as closed here: a field that it does not name is a mistake.
 */
final class DocumentedAnswers {
    private final JsonObject document = new JsonObject(ApiDocument.built().text());
    private final JsonObject definitions;
    private final Map<String, Schema> schemas = new HashMap<>();
    private final Set<String> exercised = new TreeSet<>();

    DocumentedAnswers() {
        String components = document.getJsonObject("components").getJsonObject("schemas").encode();
        definitions = new JsonObject(components.replace("#/components/schemas/", "#/$defs/"));
        close(definitions);
    }

    /** The ids of all operations. */
    Set<String> operations() {
        Set<String> ids = new TreeSet<>();
        ApiDocument.built().operations().forEach(operation -> ids.add(operation.id()));
        return ids;
    }

    /** The ids of those that have succeeded. */
    Set<String> exercised() {
        return exercised;
    }

    /** What is wrong with an answer; empty when it is as documented. */
    List<String> faults(String method, String path, int status, String type, String body) {
        JsonObject operation = operation(method, path);
        if (operation == null) {
            return schema("Problem").validate(body, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        }
        JsonObject responses = operation.getJsonObject("responses");
        JsonObject response = responses.getJsonObject(Integer.toString(status));
        if (response == null) {
            if (status < 400) {
                return List.of(status + " is not documented");
            }
            response = responses.getJsonObject("default");
        } else if (status < 300) {
            exercised.add(operation.getString("operationId"));
        }
        response = resolved(response);
        JsonObject content = response.getJsonObject("content");
        if (content == null) {
            return body.isEmpty() ? List.of() : List.of("a body that is not documented: " + body);
        }
        JsonObject media = content.getJsonObject(type);
        if (media == null) {
            return List.of(type + " is not documented");
        }
        String reference = media.getJsonObject("schema").getString("$ref");
        return errors(reference.substring(reference.lastIndexOf('/') + 1), body);
    }

    /** What is wrong with a text by a schema of the document. */
    List<String> errors(String name, String json) {
        return schema(name).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema schema(String name) {
        return schemas.computeIfAbsent(name, _ -> SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new JsonObject()
                        .put("$ref", "#/$defs/" + name)
                        .put("$defs", definitions)
                        .encode()));
    }

    private JsonObject operation(String method, String path) {
        String plain = path.replaceAll("\\?.*", "");
        for (Map.Entry<String, Object> entry : document.getJsonObject("paths")) {
            if (plain.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+"))) {
                return ((JsonObject) entry.getValue()).getJsonObject(method.toLowerCase(java.util.Locale.ROOT));
            }
        }
        return null;
    }

    private JsonObject resolved(JsonObject value) {
        String reference = value.getString("$ref");
        return reference == null
                ? value
                : document.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static void close(Object value) {
        if (value instanceof JsonObject object) {
            if (object.getValue("properties") instanceof JsonObject && !object.containsKey("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            new ArrayList<>(object.fieldNames()).forEach(name -> close(object.getValue(name)));
        } else if (value instanceof JsonArray array) {
            array.forEach(DocumentedAnswers::close);
        }
    }
}
